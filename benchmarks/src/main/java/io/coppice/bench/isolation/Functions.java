package io.coppice.bench.isolation;

import io.coppice.bench.contenders.Tiny;

/** What the workloads call many times; a call is about a millisecond, where nothing else is said. */
final class Functions {
    private static final long MILLISECOND = Tiny.WORK_OF_A_CALL / 5;
    private static final int GARBAGE = 1 << 20;
    private static final int OBJECT = 64;

    private Functions() {}

    /** Like code that was written for one thread, and then got a lock around most of it: nine tenths of the time. */
    static long lockedMostly(long n) {
        return locked(MILLISECOND * 9 / 10) + Tiny.work(MILLISECOND / 10) + n;
    }

    /** The same for half of the time. */
    static long lockedHalf(long n) {
        return locked(MILLISECOND / 2) + Tiny.work(MILLISECOND / 2) + n;
    }

    private static synchronized long locked(long steps) {
        return Tiny.work(steps);
    }

    /** Makes much garbage of which nothing lives on. */
    static long garbage(long n) {
        long sum = n;
        for (int made = 0; made < GARBAGE * 4; made += OBJECT) {
            byte[] object = new byte[OBJECT];
            object[(int) (sum & (OBJECT - 1))] = 1;
            sum += object[1];
        }
        return sum;
    }

    /** Reads a large argument once. */
    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) sum += value;
        return sum;
    }
}
