package io.coppice;

import io.coppice.code.CodeServer;
import io.coppice.code.ParentClasses;
import io.coppice.pool.Call;
import io.coppice.pool.CallSink;
import io.coppice.pool.Pace;
import io.coppice.pool.PoolFunction;
import io.coppice.pool.TimeLimit;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.Form;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.Lambdas;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a call into bytes, in the thread that makes it: what the caller changes afterwards is not seen by the worker.
 * What cannot be sent is refused with an {@link IllegalArgumentException} that says where it is, as in
 * {@code argument 1 → Report.pending holds a java.util.concurrent.Future}. Thread-safe.
 */
final class CallEncoder {
    private static final String UNWRAP =
            "which wraps a task in what cannot leave this JVM: submit the task itself, as an io.coppice.Task, and use its"
                    + " future's toCompletableFuture()";

    private static final Payload NOTHING = Payload.of(new byte[0]);

    private final CodecPool codecs;
    private final ParentClasses classes;
    private final CodeServer code;
    private final @Nullable TimeLimit limit;

    /** What is known of a function's class: looking at its fields takes longer than a call. */
    private static final class Known {
        final boolean stateless;
        /** Without state: encoded once for the pool's life, sent once to each worker. */
        volatile @Nullable PoolFunction encoded;
        /** To find it takes as long as to encode the function. */
        private volatile @Nullable Supplier<String> label;
        /** Each call may have a function of its own, but of the same code. */
        final Pace pace = new Pace();

        Known(boolean stateless) {
            this.stateless = stateless;
        }

        Supplier<String> label(Object function) {
            Supplier<String> found = label;
            if (found == null) label = found = Lambdas.label(function);
            return found;
        }
    }

    private final ClassValue<Known> known = new ClassValue<>() {
        @Override
        protected Known computeValue(Class<?> type) {
            return new Known(isStateless(type));
        }
    };

    CallEncoder(CodecPool codecs, ParentClasses classes, CodeServer code) {
        this(codecs, classes, code, null);
    }

    private CallEncoder(CodecPool codecs, ParentClasses classes, CodeServer code, @Nullable TimeLimit limit) {
        this.codecs = codecs;
        this.classes = classes;
        this.code = code;
        this.limit = limit;
    }

    /** Another for calls that may take so long. */
    CallEncoder withLimit(TimeLimit limit) {
        return new CallEncoder(codecs, classes, code, limit);
    }

    /**
     * The function for one call. One that captures something may change between calls and is encoded each time; one
     * without fields is the same for ever.
     */
    PoolFunction functionForOneCall(Invocable invocable, Object function, CodeHolder holder) {
        code.noticeRedefinitions();
        Known known = this.known.get(function.getClass());
        if (!known.stateless || classes.mayChange(function.getClass()))
            return PoolFunction.once(
                    encode("call", invocable, function, holder),
                    known.label(function),
                    invocable.getClass(),
                    loaderOf(function),
                    known.pace,
                    limit);
        PoolFunction found = known.encoded;
        if (found == null || found.kind() != invocable.getClass())
            known.encoded = found = functionForManyCalls(invocable, function, holder);
        return found;
    }

    /** The function for many calls, until the pool is told that there are no more. */
    PoolFunction functionForManyCalls(Invocable invocable, Object function, CodeHolder holder) {
        code.noticeRedefinitions();
        Known known = this.known.get(function.getClass());
        return PoolFunction.open(
                encode("call", invocable, function, holder),
                known.label(function),
                invocable.getClass(),
                loaderOf(function),
                known.pace,
                limit);
    }

    private int loaderOf(Object function) {
        return classes.numberOf(function.getClass().getClassLoader());
    }

    private Payload encode(String whole, Invocable invocable, Object function, CodeHolder holder) {
        PayloadCodec codec = codecs.take();
        try {
            codec.writeValue(invocable);
            holder.hold(codec.takeMet());
            return codec.take();
        } catch (PayloadException unsendable) {
            String name = "function " + Lambdas.describe(function);
            throw refusal(
                    whole, isWrapped(function) ? name + ", " + UNWRAP : unsendable.about(name), unsendable.getCause());
        } finally {
            codecs.giveBack(codec);
        }
    }

    /** What a worker is told at first: the user's serializers, and the initializer's function and arguments. */
    Items setup(List<Form> forms, @Nullable Initializer initializer, CodeHolder holder) {
        Payload encoded = forms.isEmpty() ? NOTHING : encode(forms, holder);
        if (initializer == null) return forms.isEmpty() ? Items.NONE : Items.copyOf(encoded);
        Payload function = encode("initializer", initializer.invocable(), initializer.function(), holder);
        byte[] only = arguments("initializer", initializer.arguments(), holder);
        Items.Cursor arguments = new Items(1, Payload.of(only)).cursor();
        arguments.next();
        return Items.copyOf(encoded, function, arguments.payload());
    }

    private Payload encode(List<Form> forms, CodeHolder holder) {
        PayloadCodec plain = new PayloadCodec(classes); // they are not sent by themselves
        try {
            plain.writeValue(forms.toArray(Form[]::new));
            holder.hold(plain.takeMet());
            return plain.take();
        } catch (PayloadException unsendable) {
            throw refusal("serializers", unsendable.about("they"), unsendable.getCause());
        }
    }

    /** The call, with its arguments encoded; a large array at their end is lent to it, until it is submitted. */
    Call call(PoolFunction function, @Nullable Object[] arguments, CodeHolder holder, CallSink sink) {
        PayloadCodec codec = codecs.take();
        try {
            try {
                codec.lendArguments(arguments);
            } catch (PayloadException unsendable) {
                throw refusal("call", arguments, unsendable);
            }
            holder.hold(codec.takeMet());
            return codec.size() < Payload.TAIL_BYTES
                    ? new Call(function, Arrays.copyOf(codec.bytes(), codec.size()), sink)
                    : new Call(function, new Items(1, codec.lend()), sink);
        } finally {
            codecs.giveBack(codec);
        }
    }

    private byte[] arguments(String whole, @Nullable Object[] arguments, CodeHolder holder) {
        PayloadCodec codec = codecs.take();
        try {
            addArguments(whole, codec, arguments);
            holder.hold(codec.takeMet());
            return Arrays.copyOf(codec.bytes(), codec.size());
        } finally {
            codecs.giveBack(codec);
        }
    }

    /** Adds the one argument of a call to a codec that gathers a chunk. */
    void addArgument(PayloadCodec codec, @Nullable Object argument) {
        try {
            codec.addArgument(argument);
        } catch (PayloadException unsendable) {
            throw refusal("call", new @Nullable Object[] {argument}, unsendable);
        }
    }

    /** Adds one call's arguments to a codec that gathers a chunk. */
    void addArguments(PayloadCodec codec, @Nullable Object[] arguments) {
        addArguments("call", codec, arguments);
    }

    private void addArguments(String whole, PayloadCodec codec, @Nullable Object[] arguments) {
        try {
            codec.addArguments(arguments);
        } catch (PayloadException unsendable) {
            throw refusal(whole, arguments, unsendable);
        }
    }

    private IllegalArgumentException refusal(String whole, @Nullable Object[] arguments, PayloadException unsendable) {
        int number = unsendable.argument();
        String name = number == 0 ? whichOf(arguments) : "argument " + number;
        return refusal(whole, unsendable.about(name), unsendable.getCause());
    }

    /** Finds the argument that fails, where the failure does not tell, by trying them one by one. */
    private String whichOf(@Nullable Object[] arguments) {
        PayloadCodec codec = codecs.take();
        try {
            for (int i = 0; i < arguments.length; i++) {
                try {
                    codec.writeValue(arguments[i]);
                    codec.clear();
                } catch (PayloadException thisOne) {
                    Object argument = arguments[i];
                    return "argument " + (i + 1)
                            + (argument == null
                                    ? ""
                                    : " (" + argument.getClass().getTypeName() + ")");
                }
            }
            return "its arguments together";
        } finally {
            codecs.giveBack(codec);
        }
    }

    /** By ExecutorCompletionService, CompletableFuture.supplyAsync and the like. */
    private static boolean isWrapped(Object function) {
        return function instanceof java.util.concurrent.Future
                || function.getClass().getName().startsWith("java.util.concurrent.");
    }

    private static IllegalArgumentException refusal(String whole, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(whole + " cannot be sent to a worker: " + why, cause);
    }

    @Override
    public String toString() {
        return limit == null
                ? "calls"
                : "calls[limitMillis=" + limit.nanos() / 1_000_000 + ", graceMillis=" + limit.graceNanos() / 1_000_000
                        + "]";
    }

    private static boolean isStateless(Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass())
            for (Field field : c.getDeclaredFields()) if (!Modifier.isStatic(field.getModifiers())) return false;
        return true;
    }
}
