package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Does what was thrown arrive as it was thrown, or at least in all that can be told of it? */
@NullUnmarked
class PayloadThrowableTest {
    @Test
    void aThrowableComesBackAsItsClassWithFieldsMessageAndTrace() throws PayloadException {
        Failure failure = new Failure(404, "not there");
        Failure read = Travel.travelled(failure);
        assertThat(read.code).isEqualTo(404);
        assertThat(read).hasMessage("not there");
        assertThat(read.getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    @Test
    void causeAndSuppressedAreKept() throws PayloadException {
        Exception failure = new Exception("top", new UncheckedIOException(new IOException("bottom")));
        failure.addSuppressed(new Failure(1, "beside"));
        Exception read = Travel.travelled(failure);
        assertThat(read.getCause()).isExactlyInstanceOf(UncheckedIOException.class);
        assertThat(read.getCause().getCause())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("bottom");
        assertThat(read.getSuppressed()).hasSize(1);
        assertThat(((Failure) read.getSuppressed()[0]).code).isEqualTo(1);
    }

    @Test
    void anErrorComesBack() throws PayloadException {
        assertThat(Travel.travelled((Throwable) new StackOverflowError("deep")))
                .isExactlyInstanceOf(StackOverflowError.class)
                .hasMessage("deep");
    }

    @Test
    void aThrowableInsideAGraphComesBackAndStaysShared() throws PayloadException {
        Failure failure = new Failure(1, "one");
        List<Object> read = Travel.travelled(List.of(failure, "between", failure));
        assertThat(read.get(0)).isInstanceOf(Failure.class).isSameAs(read.get(2));
    }

    @Test
    void aFieldThatCannotTravelLeavesAStandInThatTellsTheSame() throws PayloadException {
        HoldsThread failure = new HoldsThread("held", new IllegalStateException("cause"));
        failure.addSuppressed(new Failure(2, "beside"));
        Throwable read = Travel.read(Travel.written(failure));
        assertThat(read)
                .isExactlyInstanceOf(RemoteException.class)
                .hasMessage("held")
                .hasToString(failure.toString());
        assertThat(((RemoteException) read).className()).isEqualTo(HoldsThread.class.getName());
        assertThat(lines(read)).isEqualTo(lines(failure));
        assertThat(read.getCause()).hasToString("java.lang.IllegalStateException: cause");
        assertThat(read.getSuppressed()[0]).hasToString(Failure.class.getName() + ": beside");
    }

    @Test
    void aStandInTravelsOn() throws PayloadException {
        RemoteException standIn =
                (RemoteException) (Throwable) Travel.read(Travel.written(new HoldsThread("held", null)));
        assertThat(Travel.travelled(standIn)).hasToString(standIn.toString()).hasMessage("held");
    }

    private static NullPointerException thrownByTheJvm() {
        String nothing = null;
        try {
            return new NullPointerException("not thrown: " + nothing.length());
        } catch (NullPointerException thrown) {
            return thrown;
        }
    }

    @Test
    void aNullPointerExceptionKeepsTheJvmsWordsWhereverItStands() throws PayloadException {
        NullPointerException thrown = thrownByTheJvm();
        String words = thrown.getMessage();
        assertThat(words).contains("String.length()");
        NullPointerException back = Travel.travelled(thrown);
        assertThat(back).hasMessage(words);
        assertThat(back.getStackTrace()).isEqualTo(thrown.getStackTrace());

        IllegalStateException around = new IllegalStateException("around", thrown);
        around.addSuppressed(thrown);
        thrown.addSuppressed(around); // a cycle
        IllegalStateException aroundBack = Travel.travelled(around);
        assertThat(aroundBack.getCause()).hasMessage(words);
        assertThat(aroundBack.getSuppressed()[0]).isSameAs(aroundBack.getCause());
        assertThat(aroundBack.getCause().getSuppressed()[0]).isSameAs(aroundBack);
    }

    @Test
    void aThrowableThatCannotBeReadLeavesAStandInWithTheReason() throws PayloadException {
        Throwable read = Travel.read(Travel.written(new Unreadable("sent")));
        assertThat(read).isExactlyInstanceOf(RemoteException.class).hasMessage("sent");
        assertThat(read.getSuppressed()[0]).hasMessageContaining("on purpose");
    }

    @Test
    void aThrowableOfAClassTheOtherSideDoesNotHaveLeavesAStandIn() throws Exception {
        Class<?> foreign = new Foreign().define();
        Object failure = foreign.getDeclaredConstructor(String.class).newInstance("unknown here");
        Object[] read = Travel.travelledArguments(failure, "the next");
        assertThat(read[0]).isInstanceOf(RemoteException.class).hasToString(foreign.getName() + ": unknown here");
        assertThat(read[1]).isEqualTo("the next");
    }

    @Test
    void aThrowableWhoseMessageThrowsStillArrives() throws PayloadException {
        Throwable read = Travel.read(Travel.written(new Mute()));
        assertThat(read).isInstanceOf(RemoteException.class);
        assertThat(read.getMessage()).contains("threw").contains("UnsupportedOperationException");
    }

    @Test
    void causesInACycleAreToldOnce() throws PayloadException {
        HoldsThread first = new HoldsThread("first", null);
        HoldsThread second = new HoldsThread("second", first);
        first.addSuppressed(second);
        Throwable read = Travel.read(Travel.written(second));
        assertThat(read.getCause()).hasMessage("first");
        assertThat(read.getCause().getCause()).isNull();
        assertThat(read.getCause().getSuppressed()).isEmpty();
    }

    @Test
    void causesSharedOnEveryLevelDoNotMultiply() throws PayloadException {
        Throwable chain = new HoldsThread("bottom", null);
        for (int i = 0; i < 16; i++) {
            Throwable next = new HoldsThread("level " + i, chain);
            next.addSuppressed(chain);
            next.addSuppressed(chain);
            chain = next;
        }
        assertThat(Travel.written(chain).length()).isLessThan(1 << 20);
    }

    @Test
    void aLongChainOfCausesIsCutInTheStandIn() throws PayloadException {
        Throwable chain = new HoldsThread("bottom", null);
        for (int i = 0; i < 5000; i++) chain = new RuntimeException("level " + i, chain);
        Throwable read = Travel.read(Travel.written(chain));
        assertThat(read).isInstanceOf(RemoteException.class).hasMessage("level 4999");
        int length = 0;
        for (Throwable each = read; each != null; each = each.getCause()) length++;
        assertThat(length).isBetween(10, 100);
    }

    @Test
    void aFieldNeedNotBeSerializableAndStaysShared() throws PayloadException {
        Job job = new Job("j");
        HoldsJob failure = new HoldsJob("held", job, new HoldsJob("cause", job, null));
        failure.addSuppressed(new HoldsJob("beside", job, null));
        Object[] read = Travel.travelledArguments(failure, job, failure.getCause());
        HoldsJob back = (HoldsJob) read[0];
        assertThat(back.job.name).isEqualTo("j");
        assertThat(back.job).isSameAs(read[1]).isSameAs(((HoldsJob) back.getCause()).job);
        assertThat(back.getCause()).isSameAs(read[2]);
        assertThat(((HoldsJob) back.getSuppressed()[0]).job).isSameAs(back.job);
        assertThat(back.getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    @Test
    void whatCannotBeSentIsToldWithItsPlace() throws PayloadException {
        Throwable read = Travel.read(Travel.written(new HoldsThread("held", null)));
        assertThat(read.getSuppressed()).hasSize(1);
        assertThat(read.getSuppressed()[0])
                .hasMessageContaining("HoldsThread.held holds a java.lang.Thread, which is not Serializable");
        read = Travel.read(Travel.written(new IllegalStateException("around", new HoldsThread("held", null))));
        assertThat(read.getSuppressed()[0]).hasMessageContaining("cause → HoldsThread.held holds a java.lang.Thread");
    }

    @Test
    void aFieldThatRefersBackToItsThrowable() throws PayloadException {
        ArrayList<Object> list = new ArrayList<>();
        Holds failure = new Holds(list);
        list.add(failure);
        Holds read = Travel.travelled(failure);
        assertThat(((List<?>) read.held).get(0)).isSameAs(read);

        Job job = new Job("not Serializable");
        Holds throughAJob = new Holds(job);
        job.held = throughAJob;
        assertThat((Throwable) Travel.read(Travel.written(throughAJob))).isInstanceOf(RemoteException.class);
    }

    @Test
    void whatComesBehindAnUnreadableThrowableIsReadAsItWasWritten() throws Exception {
        Class<?> foreign = new Foreign().define();
        Exception failure =
                (Exception) foreign.getDeclaredConstructor(String.class).newInstance("unknown here");
        Job job = new Job("j");
        HoldsJob around = new HoldsJob("around", job, failure);
        Object[] read = Travel.travelledArguments(
                List.of(1), around, new Job("k"), List.of(around, failure), new Unreadable("u"), new Job("l"));
        assertThat(read[1]).isInstanceOf(RemoteException.class);
        assertThat(((Job) read[2]).name).isEqualTo("k");
        assertThat(((List<?>) read[3]).get(0)).isSameAs(read[1]);
        assertThat(((List<?>) read[3]).get(1))
                .isSameAs(((Throwable) read[1]).getCause())
                .hasToString(foreign.getName() + ": unknown here");
        assertThat(read[4]).isInstanceOf(RemoteException.class);
        assertThat(((Job) read[5]).name).isEqualTo("l");
    }

    static final class Job {
        final String name;
        Object held;

        Job(String name) {
            this.name = name;
        }
    }

    static final class HoldsJob extends Exception {
        final Job job;

        HoldsJob(String message, Job job, Throwable cause) {
            super(message, cause);
            this.job = job;
        }
    }

    static final class Holds extends Exception {
        final Object held;

        Holds(Object held) {
            this.held = held;
        }
    }

    /** A stand-in's trace does not tell modules. */
    private static List<String> lines(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .map(line -> line.getClassName() + "." + line.getMethodName() + " " + line.getFileName() + ":"
                        + line.getLineNumber())
                .toList();
    }

    static final class Failure extends Exception {
        final int code;

        Failure(int code, String message) {
            super(message);
            this.code = code;
        }
    }

    static final class HoldsThread extends RuntimeException {
        final Thread held = Thread.currentThread();

        HoldsThread(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }

        private void readObject(ObjectInputStream stream) {
            throw new IllegalStateException("on purpose");
        }
    }

    static final class Mute extends RuntimeException {
        private final transient Object mouth = new Object();
        private final Thread held = Thread.currentThread();

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("no mouth: " + mouth + held);
        }
    }

    public static final class Foreigner extends Exception {
        public Foreigner(String message) {
            super(message);
        }
    }

    /** Defines a class that no other loader finds: {@link Foreigner} under another name. */
    private static final class Foreign extends ClassLoader {
        Class<?> define() throws IOException {
            String file = "PayloadThrowableTest$Foreigner";
            try (InputStream in =
                    Objects.requireNonNull(PayloadThrowableTest.class.getResourceAsStream(file + ".class"))) {
                String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                byte[] renamed =
                        bytes.replace(file, "PayloadThrowableTest$Elsewhere").getBytes(StandardCharsets.ISO_8859_1);
                return defineClass(null, renamed, 0, renamed.length);
            }
        }
    }
}
