package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.NullUnmarked;

/** Exceptions of every shape. What cannot travel as it is comes back as a stand-in, never not at all. */
@NullUnmarked
@SuppressWarnings({"UnusedVariable", "serial"}) // fields that are written
final class ValueKindsOfThrowables {
    private ValueKindsOfThrowables() {}

    static void addTo(ValueKinds kinds) {
        ofTheJdk(kinds);
        ofTheUser(kinds);
        causes(kinds);
        standIns(kinds);
    }

    private static void ofTheJdk(ValueKinds kinds) {
        kinds.add("Exception", () -> new Exception("message"));
        kinds.add("exception without a message", IllegalStateException::new);
        kinds.add("Error", () -> new StackOverflowError("deep"));
        kinds.add("AssertionError with a detail", () -> new AssertionError(7L));
        kinds.add("NullPointerException in the JVM's words", ValueKindsOfThrowables::thrownByTheJvm);
        kinds.add("ArithmeticException", () -> caught(() -> 1 / Integer.parseInt("0")));
        kinds.add("ClassCastException", () -> caught(() -> (Integer) (Object) "text"));
        kinds.add(
                "ArrayIndexOutOfBoundsException", () -> caught(() -> List.of(1).toArray()[1]));
        kinds.add("UncheckedIOException", () -> new UncheckedIOException(new FileNotFoundException("f")));
        kinds.add(
                "PatternSyntaxException",
                () -> new PatternSyntaxException("why", "a(", 1),
                (sent, back) -> assertThat(back.getIndex()).isEqualTo(1));
        kinds.add("exception without a trace", () -> {
            Exception exception = new Exception("bare");
            exception.setStackTrace(new StackTraceElement[0]);
            return exception;
        });
    }

    private interface Code {
        Object run();
    }

    private static RuntimeException caught(Code code) {
        try {
            throw new AssertionError("not thrown: " + code.run());
        } catch (RuntimeException thrown) {
            return thrown;
        }
    }

    private static RuntimeException thrownByTheJvm() {
        String nothing = null;
        return caught(() -> nothing.length());
    }

    static class Failure extends Exception {
        private final int code;
        private final List<String> details = new ArrayList<>();

        Failure(int code, String detail) {
            super("code " + code);
            this.code = code;
            details.add(detail);
        }
    }

    static final class SubFailure extends Failure {
        private final int code = Integer.parseInt("9");
        private final Map<String, Object> facts;

        SubFailure(Map<String, Object> facts) {
            super(3, "sub");
            this.facts = facts;
        }
    }

    static final class Bare extends RuntimeException {
        Bare(String message) {
            super(message, null, false, false);
        }
    }

    static final class OwnMessage extends Exception {
        private final String part;

        OwnMessage(String part) {
            this.part = part;
        }

        @Override
        public String getMessage() {
            return "part " + part;
        }
    }

    static final class MessageThrows extends Exception {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    static final class WithUnmarked extends Exception {
        private final Unmarked held;

        WithUnmarked(Unmarked held) {
            super("holds");
            this.held = held;
        }
    }

    static final class Unmarked {
        private final int number;

        Unmarked(int number) {
            this.number = number;
        }
    }

    private static void ofTheUser(ValueKinds kinds) {
        kinds.add("exception with fields, without a default constructor", () -> new Failure(404, "detail"));
        kinds.add("subclass of an exception that hides a field", () -> new SubFailure(Map.of("k", List.of(1))));
        kinds.add("exception with neither trace nor suppressed", () -> new Bare("bare"), (sent, back) -> {
            back.addSuppressed(new Exception());
            assertThat(back.getSuppressed()).isEmpty();
        });
        kinds.add("exception with a message of its own", () -> new OwnMessage("p"));
        kinds.add("exception whose message throws", MessageThrows::new);
        kinds.add("anonymous exception", () -> new Exception("anonymous") {
            private final int own = Integer.parseInt("5");
        });
        kinds.add("exception of a local class that captures", () -> {
            String captured = "c" + 1;
            class Local extends Exception {
                @Override
                public String getMessage() {
                    return "local " + captured;
                }
            }
            return new Local();
        });
        kinds.add(
                "exception with a lambda",
                () -> new SubFailure(Map.of("l", (RandomGraphNodes.Source<Object>) () -> "said")),
                (sent, back) -> assertThat(((RandomGraphNodes.Source<?>) back.facts.get("l")).get())
                        .isEqualTo("said"));
        kinds.add(
                "exception with a field of a class that is not Serializable", () -> new WithUnmarked(new Unmarked(5)));
        kinds.add("exceptions and their field shared with others", () -> {
            List<Object> shared = new ArrayList<>(List.of("s"));
            return new ArrayList<>(Arrays.asList(shared, new SubFailure(Map.of("k", shared))));
        });
    }

    private static void causes(ValueKinds kinds) {
        kinds.add("causes", () -> new ExecutionException("top", new IOException("middle", new Failure(1, "bottom"))));
        kinds.add("suppressed", () -> {
            Exception exception = new Exception("top");
            exception.addSuppressed(new Failure(1, "beside"));
            exception.addSuppressed(new IOException("and", new Bare("its cause")));
            return exception;
        });
        kinds.add("cause that is set to null", () -> new Exception("none", null));
        kinds.add("causes in a cycle", () -> {
            Exception one = new Exception("one");
            Exception other = new IOException("other", one);
            one.initCause(other);
            return one;
        });
        kinds.add("suppressed that is the cause too", () -> {
            Exception cause = new Failure(1, "both");
            Exception exception = new Exception("top", cause);
            exception.addSuppressed(cause);
            return exception;
        });
        kinds.add("fifty causes", () -> {
            Exception exception = new Exception("0");
            for (int i = 1; i < 50; i++) exception = new Exception("" + i, exception);
            return exception;
        });
        kinds.add("exception that a field of it leads back to", () -> {
            List<Object> list = new ArrayList<>();
            SubFailure failure = new SubFailure(new java.util.HashMap<>());
            failure.facts.put("back", list);
            list.add(failure);
            return list;
        });
    }

    private static void standIn(Throwable sent, Throwable back) {
        assertThat(back).isExactlyInstanceOf(RemoteException.class);
        assertThat(((RemoteException) back).className())
                .isEqualTo(sent.getClass().getName());
        assertThat(back).hasMessage(sent.getMessage()).hasToString(sent.toString());
        assertThat(lines(back)).isEqualTo(lines(sent));
    }

    /** Without modules and their versions, which a stand-in may leave out. */
    private static List<String> lines(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .toList();
    }

    static final class HoldsAThread extends Exception {
        private final Thread thread = Thread.currentThread();
        private final int number = Integer.parseInt("3");

        HoldsAThread(Throwable cause) {
            super("holds a thread", cause);
            addSuppressed(new Failure(2, "beside"));
        }
    }

    private static void standIns(ValueKinds kinds) {
        kinds.<Throwable>addLoosely(
                "exception with a field that cannot travel",
                () -> new HoldsAThread(new Failure(1, "why")),
                (sent, back) -> {
                    standIn(sent, back);
                    assertThat(back.getCause()).hasToString(sent.getCause().toString());
                    assertThat(back.getSuppressed()[0]).hasToString(sent.getSuppressed()[0].toString());
                });
        kinds.<Throwable>addLoosely(
                "exception with a cause that cannot travel",
                () -> new Exception("top", new HoldsAThread(null)),
                (sent, back) -> {
                    assertThat(back).hasMessage("top").hasToString(sent.toString());
                    assertThat(lines(back)).isEqualTo(lines(sent));
                    assertThat(back.getCause()).hasToString(sent.getCause().toString());
                });
    }
}
