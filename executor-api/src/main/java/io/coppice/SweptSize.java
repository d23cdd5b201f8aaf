package io.coppice;

import io.coppice.MeasuredMap.Times;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One chunk size with one number of workers, and what was measured of it so far. For the thread that measures. */
final class SweptSize {
    static final int AUTO = MapSettings.AUTO_CHUNK;

    /** An item that takes longer does not notice a look at the clock. */
    private static final double SLOW_ITEM_NANOS = 10_000;

    /**
     * Where items are quick, only every third round looks at the clock after each, in a map that counts for no more.
     */
    private static final int ROUNDS_PER_LOOK = 3;

    private static final int MOST_MAPS = 1_000;

    final int workers;
    final int chunksize;
    private final ProcessPoolExecutor pool;
    private final MapOptions options;
    private double estimate; // nanoseconds of one map
    private int rounds;

    final Medians walls = new Medians(); // one a round
    final Medians firsts = new Medians();
    final Medians longestWaits = new Medians();
    final Medians itemsAtOnce = new Medians();

    SweptSize(int workers, int chunksize, ProcessPoolExecutor pool, double estimate) {
        this.workers = workers;
        this.chunksize = chunksize;
        this.pool = pool;
        this.estimate = estimate;
        options = chunksize == AUTO ? MapOptions.autoChunksize() : MapOptions.chunksize(chunksize);
    }

    boolean isAuto() {
        return chunksize == AUTO;
    }

    /** How long one map takes, as far as it is known. */
    double estimate() {
        return estimate;
    }

    int rounds() {
        return rounds;
    }

    String label() {
        return (workers == 1 ? "1 worker, " : workers + " workers, ") + (isAuto() ? "auto" : "chunk size " + chunksize);
    }

    /** Runs it once, and keeps nothing but how long it took. */
    void warmUp(MeasuredMap<?, ?> map) {
        estimate = map.run(pool, options).wallNanos();
    }

    /**
     * One round: as many maps as fit into this time, at least one.
     */
    void measure(MeasuredMap<?, ?> map, double nanos) {
        boolean isSlow = estimate / map.size() > SLOW_ITEM_NANOS;
        int maps = (int) Math.max(1, Math.min(nanos / Math.max(1, estimate), MOST_MAPS));
        if (!isSlow && rounds % ROUNDS_PER_LOOK == 0)
            longestWaits.add((double) map.runLookingAtEach(pool, options).longestWaitNanos());
        double wall = 0;
        for (int i = 0; i < maps; i++) {
            Times times = isSlow ? map.runLookingAtEach(pool, options) : map.run(pool, options);
            if (isSlow) longestWaits.add((double) times.longestWaitNanos());
            firsts.add((double) times.firstNanos());
            itemsAtOnce.add(times.itemsPerHandOver());
            wall += times.wallNanos();
        }
        estimate = wall / maps;
        walls.add(estimate);
        rounds++;
    }

    /**
     * What has come of it.
     *
     * @param ownNanos the function's own time for an item
     * @param alone the same with one worker; null if there is none
     */
    ChunkSizes.Row row(int items, double ownNanos, @Nullable SweptSize alone) {
        double wall = walls.median();
        return new ChunkSizes.Row(
                workers,
                isAuto() ? (int) Math.max(1, Math.round(itemsAtOnce.median())) : chunksize,
                isAuto(),
                items / wall * 1e9,
                alone == null || alone.rounds == 0 ? Double.NaN : alone.walls.median() / wall,
                nanos(firsts.median()),
                nanos(longestWaits.median()),
                nanos(wall * workers / items - ownNanos),
                nanos(wall),
                walls.spread(),
                rounds);
    }

    private static Duration nanos(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }
}
