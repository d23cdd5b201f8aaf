package io.coppice;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which chunk sizes are tried, on how many items of the sample, so that every one has its turn several times within the
 * budget. From estimates: what really takes longer is given up while it is measured.
 *
 * @param items of the sample, evenly spaced
 * @param chunksizes ascending; none is larger than {@code items}
 * @param notes what was left out, in words
 */
record SweepPlan(int items, List<Integer> chunksizes, List<String> notes) {
    /** With fewer turns medians mean little; then a smaller part of the sample is better. */
    static final int FEWEST_ROUNDS = 5;

    private static final double NANOS_PER_MAP = 200_000; // to begin and to end one

    /**
     * What things cost, as far as it is known.
     *
     * @param itemNanos the function's own time for an item
     * @param callNanos what an item costs besides, where each is a call of its own
     */
    record Costs(double itemNanos, double callNanos) {
        /** How long a map takes; chunksize 0 is autoChunksize. */
        double mapNanos(int items, int chunksize, int workers, int processors) {
            double chunk = chunksize == 0 ? 1 : chunksize;
            double atOnce = Math.max(1, Math.min(Math.min(workers, processors), Math.ceil(items / chunk)));
            return NANOS_PER_MAP + items * (itemNanos / atOnce + callNanos / chunk);
        }
    }

    /**
     * Makes a plan.
     *
     * @param wanted the chunk sizes to try; none: 1, 2, 5, 10, 20, 50 and so on
     * @param nanos how long all rounds may take together
     */
    static SweepPlan of(
            int sample,
            SortedSet<Integer> wanted,
            SortedSet<Integer> workers,
            Costs costs,
            double nanos,
            int processors) {
        List<String> notes = new ArrayList<>();
        SortedSet<Integer> sizes = wanted.isEmpty() ? oneTwoFive(sample) : wanted;
        int items = sample;
        // Fewer than this, and a chunk size means nothing: one chunk for each worker, and one to come.
        int fewest = Math.min(sample, Math.max(4, 2 * workers.last()));
        while (items > fewest && roundNanos(items, sizes, workers, costs, processors) * FEWEST_ROUNDS > nanos)
            items = Math.max(fewest, items * 9 / 10);
        if (items < sample)
            notes.add(String.format(
                    "Measured on %d of the %d items of the sample, evenly spaced: all of them take too long for the budget.",
                    items, sample));
        List<Integer> tried = new ArrayList<>();
        List<Integer> tooLarge = new ArrayList<>();
        for (int size : sizes) (size <= items ? tried : tooLarge).add(size);
        if (!wanted.isEmpty() && !tooLarge.isEmpty())
            notes.add("Left out, being larger than the " + items + " items of a map: " + tooLarge + ".");
        if (tried.isEmpty()) tried.add(1);
        return new SweepPlan(items, List.copyOf(tried), List.copyOf(notes));
    }

    private static double roundNanos(
            int items, SortedSet<Integer> sizes, SortedSet<Integer> workers, Costs costs, int processors) {
        double nanos = costs.mapNanos(items, 0, 1, processors); // the function alone
        for (int count : workers) {
            nanos += costs.mapNanos(items, 0, count, processors);
            for (int size : sizes) if (size <= items) nanos += costs.mapNanos(items, size, count, processors);
        }
        return nanos;
    }

    /** 1, 2, 5, 10, 20, 50 and so on. */
    static SortedSet<Integer> oneTwoFive(int largest) {
        SortedSet<Integer> sizes = new TreeSet<>();
        for (long ten = 1; ten <= largest; ten *= 10)
            for (long size : new long[] {ten, 2 * ten, 5 * ten}) if (size <= largest) sizes.add((int) size);
        return sizes;
    }

    /** 1, 2, 4, 8 and so on, and the largest itself. */
    static SortedSet<Integer> doubling(int largest) {
        SortedSet<Integer> counts = new TreeSet<>();
        for (long count = 1; count < largest; count *= 2) counts.add((int) count);
        counts.add(largest);
        return counts;
    }
}
