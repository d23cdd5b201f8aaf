package io.coppice;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the function itself takes, in a worker, without the way there and back. For the thread that measures. */
final class FunctionAlone<A extends @Nullable Object> {
    /** So many items are enough to know roughly what one takes. */
    private static final int PROBE_ITEMS = 10_000;

    private final Fn1<A, Long> function;
    private final ProcessPoolExecutor pool;
    private final double clockNanos = OwnTime.clockNanos();
    private final Medians means = new Medians(); // of an item, one a round
    private double[] least = {}; // of each item over the rounds: what the machine does to one happens once

    // Of the map that is on.
    private double sum;
    private int count;

    FunctionAlone(Fn1<? super A, ?> function, ProcessPoolExecutor pool) {
        this.function = new OwnTime<>(function);
        this.pool = pool;
    }

    /**
     * What an item takes, roughly: from evenly spaced items of the sample, again and again, until the time is over. The
     * newest know best: their code is compiled.
     *
     * @param atLeast goes on for so long
     * @param atMost stops then
     * @param giveUp waits no longer for a result
     * @throws UncheckedTimeoutException if it is not there by then
     */
    double probe(List<A> sample, Duration atLeast, Duration atMost, Duration giveUp) {
        MeasuredMap<A, Long> map = new MeasuredMap<>(function, Subset.of(sample, PROBE_ITEMS));
        MapOptions options = MapOptions.autoChunksize().timeout(giveUp);
        long begun = System.nanoTime();
        do {
            begin();
            map.runUntil(pool, options, nanos -> {
                add(own(nanos));
                return System.nanoTime() - begun > atMost.toNanos();
            });
        } while (System.nanoTime() - begun < atLeast.toNanos());
        return sum / count;
    }

    /**
     * One round.
     *
     * @throws UncheckedTimeoutException if it takes longer than this
     */
    void measure(Subset<A> items, Duration atMost) {
        if (least.length != items.size()) {
            least = new double[items.size()];
            Arrays.fill(least, Double.MAX_VALUE);
        }
        begin();
        new MeasuredMap<A, Long>(function, items)
                .runUntil(pool, MapOptions.autoChunksize().timeout(atMost), nanos -> {
                    double own = own(nanos);
                    least[count] = Math.min(least[count], own);
                    add(own);
                    return false;
                });
        means.add(sum / count);
    }

    double itemNanos() {
        return means.median();
    }

    /** Of the item that takes longest, every time. */
    double longestItemNanos() {
        return Arrays.stream(least).max().orElse(0);
    }

    private void begin() {
        sum = 0;
        count = 0;
    }

    private void add(double own) {
        sum += own;
        count++;
    }

    private double own(long nanos) {
        return Math.max(0, nanos - clockNanos);
    }
}
