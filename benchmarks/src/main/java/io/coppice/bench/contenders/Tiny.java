package io.coppice.bench.contenders;

/** The functions that are called: next to nothing to do, so that what is measured is the way there and back. */
public final class Tiny {
    /** Of {@link #work}: about 5 ms of a processor of 2024. */
    public static final long WORK_OF_A_CALL = 5_000_000;

    private Tiny() {}

    /** A number there, a number back. */
    public static long increment(long n) {
        return n + 1;
    }

    /** What came in. */
    public static double[] echo(double[] values) {
        return values;
    }

    /** Which process this is run by. */
    public static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Keeps a processor busy by a chain of dependent steps, which no compiler shortens; no memory is touched. */
    public static long work(long steps) {
        long x = steps | 1;
        for (long i = 0; i < steps; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }
}
