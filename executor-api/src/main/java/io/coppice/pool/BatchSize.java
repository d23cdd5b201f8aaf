package io.coppice.pool;

import java.util.concurrent.TimeUnit;

/**
 * How many items of one function make a batch of about {@link #BATCH_NANOS}: from the moving average of what they took,
 * and no more than twice as many as ever ran at once, so that a few quick items do not stand for many slow ones.
 *
 * <p>10 ms: handing a batch over costs some ten microseconds, a thousandth of that; and no item waits longer than that
 * for those before it in its batch, as long as they take what items before them took.
 */
final class BatchSize {
    static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final double WEIGHT_OF_NEWEST = 0.25;
    private static final int GROWTH = 2;

    private double nanosPerItem;
    private int largest; // 0: nothing was measured

    void measured(int items, long nanos) {
        double measured = (double) nanos / items;
        nanosPerItem = largest == 0 ? measured : nanosPerItem + (measured - nanosPerItem) * WEIGHT_OF_NEWEST;
        largest = Math.max(largest, items);
    }

    /** At least 1. */
    int get() {
        if (largest == 0) return 1;
        double byTime = BATCH_NANOS / Math.max(nanosPerItem, 1);
        return (int) Math.max(1, Math.min(byTime, (double) GROWTH * largest));
    }
}
