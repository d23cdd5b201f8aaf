package io.coppice;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations as nanoseconds, at least zero, the longest ones cut to what fits. */
final class Durations {
    private Durations() {}

    static long nanos(long timeout, TimeUnit unit) {
        return Math.max(0, unit.toNanos(timeout));
    }

    static long nanos(Duration duration) {
        try {
            return Math.max(0, duration.toNanos());
        } catch (ArithmeticException centuries) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /** What is left of this time, which began at {@code start}; Long.MAX_VALUE is for ever. */
    static long left(long start, long nanos) {
        return nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
    }
}
