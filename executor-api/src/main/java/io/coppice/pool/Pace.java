package io.coppice.pool;

/**
 * How long calls of one function take: a moving average of what was measured, and how many of them fit into a time.
 * That is never more than twice as many as ever ran at once, so that a few quick ones do not stand for many slow ones.
 * Dispatcher thread only, but to be made by any.
 */
public final class Pace {
    private static final double WEIGHT_OF_NEWEST = 0.25;
    private static final int GROWTH = 2;

    private double nanosEach;
    private int largest; // 0: nothing was measured

    /** So many calls have taken so long together. */
    void measured(int calls, long nanos) {
        double measured = (double) nanos / calls;
        nanosEach = largest == 0 ? measured : nanosEach + (measured - nanosEach) * WEIGHT_OF_NEWEST;
        largest = Math.max(largest, calls);
    }

    boolean isKnown() {
        return largest > 0;
    }

    /** What a call is expected to take; zero if nothing is known. */
    double nanosEach() {
        return nanosEach;
    }

    /** So many calls fit; at least 1. */
    int callsIn(long nanos) {
        if (largest == 0) return 1;
        double byTime = nanos / Math.max(nanosEach, 1);
        return (int) Math.max(1, Math.min(byTime, (double) GROWTH * largest));
    }
}
