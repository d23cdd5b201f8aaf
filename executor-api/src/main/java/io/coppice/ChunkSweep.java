package io.coppice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A measurement of chunk sizes from begin to end, in the thread that has asked for it:
 *
 * <pre>
 *   start      all workers of all pools
 *   probe      what an item takes, and what a call costs, roughly
 *   plan       how many items, which sizes
 *   warm-up    every size with every number of workers, so that the compilers have had their time
 *   rounds     all of them in turn, there and back, and the function alone
 * </pre>
 */
final class ChunkSweep<A extends @Nullable Object, R extends @Nullable Object> {
    // How the budget is spent, in parts of it; the rounds have the rest.
    private static final double START = 0.5; // at most: then it goes on without them
    private static final double PROBE = 0.1;
    private static final double LONGEST_PROBE = 0.15;
    private static final double CALLS = 0.04;
    private static final double WARM_UP = 0.15;
    private static final double FEWEST_ROUNDS = 0.3; // at least, whatever came before
    private static final double GIVE_UP = 1.5; // what would end later in the first round is left out

    private static final int ROUNDS = 15; // are aimed at
    private static final int MOST_ROUNDS = 25;
    private static final double SHORTEST_TURN = 2e6; // nanoseconds of one size in one round
    private static final double LONGEST_TURN = 100e6;
    private static final int PROBE_CALLS = 1_000;

    private final Fn1<? super A, ? extends R> function;
    private final List<A> sample;
    private final ChunkSizes.Options options;
    private final SortedSet<Integer> workers;
    private final SweepPools pools;
    private final FunctionAlone<A> alone;
    private final long start = System.nanoTime();
    private final double budget; // nanoseconds, as all times here
    private final List<String> notes = new ArrayList<>();

    private ChunkSweep(
            SweepPools pools,
            SortedSet<Integer> workers,
            Fn1<? super A, ? extends R> function,
            List<A> sample,
            ChunkSizes.Options options) {
        this.pools = pools;
        this.workers = workers;
        this.function = function;
        this.sample = sample;
        this.options = options;
        budget = Durations.nanos(options.budget);
        alone = new FunctionAlone<>(function, pools.smallest());
    }

    static <A extends @Nullable Object, R extends @Nullable Object> ChunkSizes run(
            ProcessPoolExecutor pool,
            Fn1<? super A, ? extends R> function,
            List<A> sample,
            ChunkSizes.Options options) {
        SortedSet<Integer> workers = new TreeSet<>(options.workers);
        if (workers.isEmpty()) workers = SweepPlan.doubling(pool.maxWorkers());
        try (SweepPools pools = new SweepPools(pool, workers)) {
            ChunkSizes measured = new ChunkSweep<A, R>(pools, workers, function, sample, options).run();
            pools.done();
            return measured;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while chunk sizes were measured", interrupted);
        }
    }

    private ChunkSizes run() throws InterruptedException {
        tell("starting workers");
        notes.addAll(pools.awaitWorkers(duration(budget * START)));
        SweepPlan.Costs costs = probe();
        double forRounds = Math.max(budget * (1 - WARM_UP) - elapsed(), budget * FEWEST_ROUNDS);
        int processors = Runtime.getRuntime().availableProcessors();
        SweepPlan plan = SweepPlan.of(sample.size(), options.chunksizes, workers, costs, forRounds, processors);
        notes.addAll(plan.notes());
        Subset<A> items = Subset.of(sample, plan.items());
        List<SweptSize> sizes = new ArrayList<>();
        for (int count : workers) {
            for (int chunksize : plan.chunksizes()) sizes.add(swept(count, chunksize, items, costs, processors));
            sizes.add(swept(count, SweptSize.AUTO, items, costs, processors));
        }
        sizes.sort(Comparator.comparingInt(size -> size.chunksize)); // so that all pools are warm at the same time
        MeasuredMap<A, R> map = new MeasuredMap<>(function, items);
        alone.measure(items, duration(budget)); // all items once, and the only time that one may be stuck
        warmUp(sizes, map);
        rounds(sizes, map, items);
        return new SweepResult(sizes, workers, alone, items.size(), sample.size(), notes).toChunkSizes();
    }

    private SweptSize swept(int count, int chunksize, Subset<A> items, SweepPlan.Costs costs, int processors) {
        return new SweptSize(
                count, chunksize, pools.of(count), costs.mapNanos(items.size(), chunksize, count, processors));
    }

    private SweepPlan.Costs probe() {
        tell("probing");
        double item = alone.probe(sample, duration(budget * PROBE), duration(budget * LONGEST_PROBE), duration(budget));
        int calls = (int) Math.max(1, Math.min(PROBE_CALLS, budget * CALLS / 2 / (item + 1)));
        MeasuredMap<A, R> map = new MeasuredMap<>(function, Subset.of(sample, calls));
        MapOptions oneAtATime = MapOptions.chunksize(1).timeout(duration(budget));
        double least = Double.MAX_VALUE;
        double end = elapsed() + budget * CALLS;
        do {
            least = Math.min(
                    least, (double) map.run(pools.smallest(), oneAtATime).wallNanos());
        } while (elapsed() < end);
        return new SweepPlan.Costs(item, Math.max(100, least / map.size() - item));
    }

    private void warmUp(List<SweptSize> sizes, MeasuredMap<A, R> map) {
        tell("warming up");
        double end = elapsed() + budget * WARM_UP;
        for (boolean fits = true; fits; ) {
            fits = false;
            for (SweptSize size : sizes) {
                if (elapsed() + size.estimate() > end) continue;
                size.warmUp(map);
                fits = true;
                tell("warming up");
            }
        }
    }

    private void rounds(List<SweptSize> sizes, MeasuredMap<A, R> map, Subset<A> items) {
        double left = Math.max(budget - elapsed(), budget * FEWEST_ROUNDS);
        double end = elapsed() + left;
        double turn = Math.max(SHORTEST_TURN, Math.min(left / ROUNDS / (sizes.size() + 1), LONGEST_TURN));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int i = 0; i < sizes.size(); i++) {
                SweptSize size = sizes.get(round % 2 == 0 ? i : sizes.size() - 1 - i);
                double endOfTurn = elapsed() + Math.max(turn, size.estimate());
                if (round > 0 && endOfTurn > end) return;
                if (round == 0 && endOfTurn > budget * GIVE_UP && size.chunksize > 1) {
                    notes.add("Left out, for lack of time: " + size.label() + ".");
                    continue;
                }
                tell("round " + (round + 1) + ", " + size.label());
                size.measure(map, turn);
            }
            if (elapsed() + items.size() * alone.itemNanos() < end) alone.measure(items, duration(budget));
        }
    }

    private double elapsed() {
        return System.nanoTime() - start;
    }

    private void tell(String doing) {
        options.progress.accept(new ChunkSizes.Progress(Math.min(1, elapsed() / budget), doing));
    }

    private static Duration duration(double nanos) {
        return Duration.ofNanos((long) nanos);
    }
}
