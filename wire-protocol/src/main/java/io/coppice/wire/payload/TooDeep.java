package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values that are nested more deeply than the thread's stack reaches. */
final class TooDeep {
    static final String MESSAGE = "is nested too deeply for the thread's stack:"
            + " flatten it (into a list, say), or run with a larger -Xss";

    /** Causes may form a cycle. */
    private static final int MAX_CAUSES = 10_000;

    private static final int LINES_KEPT = 20;

    private TooDeep() {}

    /**
     * Uses once what is used when the stack ends, while there is room: a class whose initializer meets the end of the
     * stack can never be used again in this JVM. Kryo's exceptions would do that to {@link StringBuffer}.
     */
    static void prepare() {
        KryoException wrapped = new KryoException(new StackOverflowError());
        wrapped.addTrace("");
        Object held = new Object[] {1};
        WriteTrail trail = new WriteTrail();
        trail.note(wrapped, held);
        Unwritable.because(wrapped, Unwritable.reason(wrapped), null, trail.outermostFirst(wrapped));
        Throwable refused = new KryoException(new Cycle(held, -1));
        trail.note(refused, held);
        Unwritable.because(refused, Unwritable.reason(refused), null, trail.outermostFirst(refused));
    }

    /** The end of the stack that is behind a failure, or null. */
    static @Nullable StackOverflowError behind(Throwable failure) {
        Throwable cause = failure;
        for (int level = 0; level < MAX_CAUSES && cause != null; level++) {
            if (cause instanceof StackOverflowError overflow) return overflow;
            cause = cause.getCause();
        }
        return null;
    }

    /** Itself, but for the end of the stack: Kryo wraps that once for each of thousands of levels. */
    static Throwable shortened(Throwable failure) {
        StackOverflowError overflow = behind(failure);
        if (overflow == null) return failure;
        StackTraceElement[] trace = overflow.getStackTrace();
        Error few = new StackOverflowError(overflow.getMessage());
        few.setStackTrace(Arrays.copyOf(trace, Math.min(trace.length, LINES_KEPT)));
        return few;
    }
}
