package io.coppice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Makes rows of what was measured, and says what a reader should know about it. */
record SweepResult(
        List<SweptSize> sizes,
        SortedSet<Integer> workers,
        FunctionAlone<?> alone,
        int items,
        int sample,
        List<String> notes) {
    private static final double UNEVEN = 10;
    private static final double NOTICED_NANOS = 100_000;
    private static final double UNSTEADY = 0.1;

    ChunkSizes toChunkSizes() {
        List<ChunkSizes.Row> rows = new ArrayList<>();
        for (SweptSize size : sizes) if (size.rounds() > 0) rows.add(row(size));
        rows.sort(Comparator.comparingInt(ChunkSizes.Row::workers)
                .thenComparing(ChunkSizes.Row::isAuto)
                .thenComparingInt(ChunkSizes.Row::chunksize));
        List<String> all = new ArrayList<>(notes);
        if (alone.longestItemNanos() > Math.max(NOTICED_NANOS, UNEVEN * alone.itemNanos()))
            all.add(String.format(
                    "Items differ: the longest takes %.0f times as long as the mean, and holds up the items of its chunk.",
                    alone.longestItemNanos() / alone.itemNanos()));
        rows.stream()
                .mapToDouble(ChunkSizes.Row::spread)
                .sorted()
                .skip(rows.size() / 2)
                .findFirst()
                .ifPresent(spread -> {
                    if (spread > UNSTEADY)
                        all.add(String.format(
                                "The figures are unsteady, by %.0f %% from round to round: is the machine busy with something else?",
                                100 * spread));
                });
        int processors = Runtime.getRuntime().availableProcessors();
        if (workers.last() > processors) all.add(workers.last() + " workers share " + processors + " processors.");
        return new ChunkSizes(
                workers.last(), items, sample, Duration.ofNanos(Math.round(alone.itemNanos())), rows, List.copyOf(all));
    }

    private ChunkSizes.Row row(SweptSize size) {
        return size.row(items, alone.itemNanos(), alone(size));
    }

    /** The same with one worker, if that was measured. */
    private @Nullable SweptSize alone(SweptSize size) {
        for (SweptSize other : sizes)
            if (other.workers == 1 && other.chunksize == size.chunksize && other.rounds() > 0) return other;
        return null;
    }
}
