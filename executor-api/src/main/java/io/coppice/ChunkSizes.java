package io.coppice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How fast a {@code map} of a function is with other chunk sizes and other numbers of workers, measured on this
 * machine. Immutable.
 *
 * <pre>{@code
 * try (var pool = new ProcessPoolExecutor()) {
 *     var sizes = ChunkSizes.measure(pool, Job::run, sample);
 *     System.out.println(sizes); // a table, and what follows from it
 *     pool.map(Job::run, inputs, MapOptions.chunksize(sizes.recommended()));
 * }
 * }</pre>
 *
 * <p>Each figure is a median of several rounds. In a round every chunk size with every number of workers has its turn,
 * so that what disturbs the machine for a while disturbs all alike. One turn is one or several maps over the sample,
 * the next begun when the last result of the one before was taken; all workers run, and are warm, before the first
 * round.
 */
public final class ChunkSizes {
    private static final double CLOSE = 0.95;

    /**
     * One chunk size with one number of workers.
     *
     * @param workers how many there were
     * @param chunksize items per chunk; of {@link MapOptions#autoChunksize} how many it sent at a time, on average
     * @param isAuto whether {@code autoChunksize} was measured
     * @param itemsPerSecond throughput: the items of a map by its wall time
     * @param speedup throughput by that of one worker with the same chunk size; NaN if that was not measured
     * @param firstResult from the call of {@code map} to the first result
     * @param longestWait the longest time from one result of a map to the next
     * @param overheadPerItem what an item costs beside the function's own time ({@link #ownTime}), in time of a worker:
     *     wall time times workers by items, less that. Encoding, the way, waiting, and workers without work
     * @param wall from the call of {@code map} to the last result
     * @param spread how far apart the wall times of the rounds are: the quarters' distance by the median, 0.02 is 2 %
     * @param rounds how many there were
     */
    public record Row(
            int workers,
            int chunksize,
            boolean isAuto,
            double itemsPerSecond,
            double speedup,
            Duration firstResult,
            Duration longestWait,
            Duration overheadPerItem,
            Duration wall,
            double spread,
            int rounds) {}

    /**
     * How far a measurement is.
     *
     * @param part of the time budget that is used up, from 0 to 1
     * @param doing what comes next, in words
     */
    public record Progress(double part, String doing) {}

    /** What is measured, and for how long. Immutable: every method gives new options. */
    public static final class Options {
        private static final Options DEFAULTS =
                new Options(Duration.ofSeconds(20), new TreeSet<>(), new TreeSet<>(), progress -> {});

        final Duration budget;
        final SortedSet<Integer> workers;
        final SortedSet<Integer> chunksizes;
        final Consumer<? super Progress> progress;

        private Options(
                Duration budget,
                SortedSet<Integer> workers,
                SortedSet<Integer> chunksizes,
                Consumer<? super Progress> progress) {
            this.budget = budget;
            this.workers = workers;
            this.chunksizes = chunksizes;
            this.progress = progress;
        }

        /**
         * How long the measurement is to take; 20 seconds by default. It takes longer where items take seconds: each
         * number of workers has its turn once.
         *
         * @param budget longer than zero
         * @return these options with this budget
         * @throws IllegalArgumentException if it is not
         */
        public Options budget(Duration budget) {
            if (budget.isZero() || budget.isNegative())
                throw new IllegalArgumentException("budget must be longer than zero: budget=" + budget);
            return new Options(budget, workers, chunksizes, progress);
        }

        /**
         * The numbers of workers to measure; by default 1, 2, 4, 8 and so on, and the pool's. The recommendation is for
         * the largest.
         *
         * @param workers each at least 1
         * @return these options with these
         * @throws IllegalArgumentException if there is none, or one is less than 1
         */
        public Options workers(int... workers) {
            return new Options(budget, atLeastOne("workers", workers), chunksizes, progress);
        }

        /**
         * The chunk sizes to measure; by default 1, 2, 5, 10, 20, 50 and so on up to the sample's size. Larger ones
         * than the sample are left out.
         *
         * @param chunksizes each at least 1
         * @return these options with these
         * @throws IllegalArgumentException if there is none, or one is less than 1
         */
        public Options chunksizes(int... chunksizes) {
            return new Options(budget, workers, atLeastOne("chunksizes", chunksizes), progress);
        }

        /**
         * Who is told how far the measurement is, now and then, by the thread that measures, between two maps. What it
         * throws ends the measurement.
         *
         * @param progress is told
         * @return these options with this listener
         */
        public Options onProgress(Consumer<? super Progress> progress) {
            return new Options(budget, workers, chunksizes, Objects.requireNonNull(progress, "progress"));
        }

        private static SortedSet<Integer> atLeastOne(String name, int[] numbers) {
            SortedSet<Integer> sorted = new TreeSet<>();
            for (int number : numbers) sorted.add(number);
            if (sorted.isEmpty() || sorted.first() < 1)
                throw new IllegalArgumentException(name + " must be numbers of at least 1: " + name + "=" + sorted);
            return sorted;
        }
    }

    private final int workers;
    private final int items;
    private final int sampleSize;
    private final Duration ownTime;
    private final List<Row> rows;
    private final List<String> notes;

    ChunkSizes(int workers, int items, int sampleSize, Duration ownTime, List<Row> rows, List<String> notes) {
        this.workers = workers;
        this.items = items;
        this.sampleSize = sampleSize;
        this.ownTime = ownTime;
        this.rows = List.copyOf(rows);
        this.notes = List.copyOf(notes);
    }

    /**
     * Options to begin with: 20 seconds, all chunk sizes, all numbers of workers.
     *
     * @return the defaults
     */
    public static Options options() {
        return Options.DEFAULTS;
    }

    /**
     * Measures with the default options: {@code measure(pool, function, sample, ChunkSizes.options())}.
     *
     * @param pool whose settings the workers have
     * @param function what the map runs, many times on each item
     * @param sample items that stand for those it is going to run on
     * @param <A> an item
     * @param <R> a result
     * @return what was measured
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> ChunkSizes measure(
            ProcessPoolExecutor pool, Fn1<? super A, ? extends R> function, Iterable<? extends A> sample) {
        return measure(pool, function, sample, options());
    }

    /**
     * Maps the function over the sample with many chunk sizes and numbers of workers, again and again, and waits for
     * it.
     *
     * <p>The pool should have nothing else to do meanwhile. Other numbers of workers than its own are measured in pools
     * with the same settings, made for it and ended with it: all together have up to twice as many workers as the
     * largest. The pool itself stays open. Where the whole sample takes too long for the budget, evenly spaced items of
     * it are measured; {@link #notes} says so.
     *
     * <p>If this thread is interrupted, it throws a {@link CompletionException} caused by {@link InterruptedException},
     * with the interrupt flag set. Whenever it throws, what the pool's own workers run may run on.
     *
     * @param pool whose settings the workers have
     * @param function what the map runs, many times on each item
     * @param sample items that stand for those it is going to run on; all taken before the first is run
     * @param options what is measured, and for how long
     * @param <A> an item
     * @param <R> a result
     * @return what was measured
     * @throws IllegalArgumentException if the sample is empty, or the function cannot be sent to a worker
     * @throws CompletionException if the function throws on an item, or one cannot be sent: it says which, and why
     * @throws UncheckedTimeoutException if an item does not end within the budget
     * @throws RejectedExecutionException if the pool is shut down; {@link BrokenExecutor} if it is broken, or breaks
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> ChunkSizes measure(
            ProcessPoolExecutor pool,
            Fn1<? super A, ? extends R> function,
            Iterable<? extends A> sample,
            Options options) {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(options, "options");
        List<A> items = new ArrayList<>();
        for (A item : sample) items.add(item);
        if (items.isEmpty()) throw new IllegalArgumentException("the sample is empty: there is nothing to measure");
        return ChunkSweep.run(pool, function, items, options);
    }

    /**
     * The smallest chunk size whose throughput is within 5 % of the best, with as many workers as {@link #workers}
     * says. {@code autoChunksize} does not count here: see {@link #auto}.
     *
     * @return a chunk size that was measured
     */
    public int recommended() {
        double enough = CLOSE * best().itemsPerSecond();
        for (Row row : rowsOf(workers)) if (row.itemsPerSecond() >= enough) return row.chunksize();
        throw new AssertionError("the best is as fast as itself");
    }

    /**
     * The chunk size with the highest throughput, with as many workers as {@link #workers} says.
     *
     * @return a row that is not {@code autoChunksize}'s
     */
    public Row best() {
        return rowsOf(workers).stream()
                .max((a, b) -> Double.compare(a.itemsPerSecond(), b.itemsPerSecond()))
                .orElseThrow();
    }

    /**
     * How {@link MapOptions#autoChunksize} did with as many workers as {@link #workers} says, and how many items it
     * sent at a time.
     *
     * @return its row
     */
    public Row auto() {
        return rows.stream()
                .filter(row -> row.isAuto() && row.workers() == workers)
                .findFirst()
                .orElseThrow();
    }

    /**
     * All that was measured, by workers and chunk size; {@code autoChunksize} is the last of its workers.
     *
     * @return unmodifiable
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * The number of workers that the recommendation is for: the pool's, or the largest of the options.
     *
     * @return at least 1
     */
    public int workers() {
        return workers;
    }

    /**
     * How many items of the sample a map had.
     *
     * @return at least 1
     */
    public int items() {
        return items;
    }

    /**
     * How many items the sample has.
     *
     * @return at least 1
     */
    public int sampleSize() {
        return sampleSize;
    }

    /**
     * What an item takes in the function itself: measured around each call in a worker, with nothing else to do for the
     * other workers; the mean of the items.
     *
     * @return zero or longer
     */
    public Duration ownTime() {
        return ownTime;
    }

    /**
     * What follows from the figures: a sentence each, the recommendation first.
     *
     * @return unmodifiable
     */
    public List<String> advice() {
        return ChunkAdvice.of(this);
    }

    /**
     * What was left out, and what makes the figures doubtful: a sentence each.
     *
     * @return unmodifiable; empty if there is nothing of the kind
     */
    public List<String> notes() {
        return notes;
    }

    /** A table of all rows, 80 columns wide, with advice and notes. The recommended chunk size is marked by a star. */
    @Override
    public String toString() {
        return ChunkTable.of(this);
    }

    /** Of the chunk sizes with so many workers, ascending, without {@code autoChunksize}. */
    List<Row> rowsOf(int workers) {
        return rows.stream()
                .filter(row -> row.workers() == workers && !row.isAuto())
                .toList();
    }
}
