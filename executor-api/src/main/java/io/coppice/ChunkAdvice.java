package io.coppice;

import io.coppice.ChunkSizes.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What follows from a measurement, in words. */
final class ChunkAdvice {
    private static final double CLOSE = 0.95;
    private static final int FEW = 20; // less than one in so many is not worth a figure

    private ChunkAdvice() {}

    static List<String> of(ChunkSizes sizes) {
        List<Row> rows = sizes.rowsOf(sizes.workers());
        int recommended = sizes.recommended();
        Row chosen = rows.stream()
                .filter(row -> row.chunksize() == recommended)
                .findFirst()
                .orElseThrow();
        List<String> advice = new ArrayList<>();
        advice.add(recommendation(sizes, rows, chosen));
        if (recommended != rows.get(0).chunksize()) advice.add(best(sizes.best(), rows.get(0)));
        advice.add(auto(sizes));
        advice.add(overhead(sizes.ownTime(), chosen));
        aLoopIsFaster(sizes, chosen).ifPresent(advice::add);
        if (chosen.workers() > 1 && !Double.isNaN(chosen.speedup())) advice.add(speedup(chosen));
        fewerWorkers(sizes).ifPresent(advice::add);
        return List.copyOf(advice);
    }

    private static String recommendation(ChunkSizes sizes, List<Row> rows, Row chosen) {
        String with = " with " + workers(sizes.workers());
        Row first = rows.get(0);
        if (rows.size() == 1) return "Only chunk size " + first.chunksize() + " was measured" + with + ".";
        Row best = sizes.best();
        if (chosen.chunksize() != first.chunksize())
            return "Chunk size " + chosen.chunksize() + " is the smallest within 5\u00a0% of the best" + with + ".";
        int last = lastInARow(rows, CLOSE * best.itemsPerSecond());
        String range = last == rows.get(rows.size() - 1).chunksize()
                ? "Any chunk size from " + first.chunksize() + " on"
                : last == first.chunksize()
                        ? "Chunk size " + first.chunksize()
                        : "Any chunk size from " + first.chunksize() + " to " + last;
        String tune = first.chunksize() == 1 ? ": there is nothing to tune." : "; smaller ones were not measured.";
        return range + " is within 5\u00a0% of the best" + with + tune;
    }

    private static String best(Row best, Row first) {
        return "The best is " + best.chunksize() + ", with " + Figures.rate(best.itemsPerSecond())
                + " items/s; chunk size " + first.chunksize() + " reaches "
                + Figures.percent(first.itemsPerSecond() / best.itemsPerSecond()) + " of that.";
    }

    /** The largest of those that are fast enough, as are all smaller ones. */
    private static int lastInARow(List<Row> rows, double enough) {
        int last = rows.get(0).chunksize();
        for (Row row : rows) {
            if (row.itemsPerSecond() < enough) return last;
            last = row.chunksize();
        }
        return last;
    }

    private static String auto(ChunkSizes sizes) {
        Row auto = sizes.auto();
        return "autoChunksize() sent " + (auto.chunksize() == 1 ? "one item" : auto.chunksize() + " items")
                + " at a time, on average, and reaches "
                + Figures.percent(auto.itemsPerSecond() / sizes.best().itemsPerSecond()) + " of the best.";
    }

    private static String overhead(Duration own, Row chosen) {
        String function = "The function itself takes " + Figures.time(own) + " an item; at chunk size "
                + chosen.chunksize() + " ";
        Duration overhead = chosen.overheadPerItem();
        if (overhead.multipliedBy(FEW).compareTo(own) < 0) return function + "less than 5\u00a0% of that comes on top.";
        return function + Figures.time(overhead) + " of a worker's time come on top.";
    }

    /** Where sending an item costs more than what is done with it. */
    private static Optional<String> aLoopIsFaster(ChunkSizes sizes, Row chosen) {
        double loop = 1e9 / Math.max(1, sizes.ownTime().toNanos());
        boolean sendingIsMost = chosen.overheadPerItem().compareTo(sizes.ownTime()) > 0;
        if (!sendingIsMost || sizes.best().itemsPerSecond() > loop) return Optional.empty();
        return Optional.of("A loop in one thread of your own would do more: " + Figures.rate(loop) + " items/s.");
    }

    private static String speedup(Row chosen) {
        return workers(chosen.workers()) + " do " + Figures.ratio(chosen.speedup())
                + " times the work of one at chunk size " + chosen.chunksize() + ".";
    }

    /** Where more of them do less. */
    private static Optional<String> fewerWorkers(ChunkSizes sizes) {
        return sizes.rows().stream()
                .filter(row -> !row.isAuto() && row.workers() < sizes.workers())
                .max(Comparator.comparingDouble(Row::itemsPerSecond))
                .filter(row -> row.itemsPerSecond() * CLOSE > sizes.best().itemsPerSecond())
                .map(row -> "Fewer do better: " + workers(row.workers()) + " at chunk size " + row.chunksize() + " "
                        + (row.workers() == 1 ? "does " : "do ") + Figures.rate(row.itemsPerSecond()) + " items/s.");
    }

    private static String workers(int count) {
        return count == 1 ? "1 worker" : count + " workers";
    }
}
