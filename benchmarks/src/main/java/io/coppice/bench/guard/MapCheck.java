package io.coppice.bench.guard;

import io.coppice.Executor;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.contenders.Tiny;
import io.coppice.bench.rounds.ProcessFacts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A map of tiny calls on one worker, against plain arithmetic: how fast the processor is, today and here. A pool of
 * threads would be nearer, but how long its threads take to wake each other differs tenfold from run to run.
 */
final class MapCheck implements Check {
    /** A process's CPU time is counted in steps of 10 ms. */
    private static final int ITEMS = 250_000;

    /** Then what there is to compile is compiled. */
    private static final int WARM_UPS = 12;

    private static final long STEPS = 100L * ITEMS;

    private final int chunksize;
    private final boolean cpu;
    private final double limit;
    private final ProcessPoolExecutor pool = new ProcessPoolExecutor(1);
    private final List<Long> items = LongStream.range(0, ITEMS).boxed().toList();
    private final long worker;

    /**
     * Starts the worker.
     *
     * @param cpu whether CPU time counts, of both processes, or else the time that passes
     */
    MapCheck(int chunksize, boolean cpu, double limit) throws Exception {
        this.chunksize = chunksize;
        this.cpu = cpu;
        this.limit = limit;
        worker = pool.submit(Tiny::pid).get();
    }

    @Override
    public String name() {
        return "map, chunksize " + chunksize + (cpu ? ", CPU" : ", wall");
    }

    @Override
    public String against() {
        return "arithmetic";
    }

    @Override
    public double limit() {
        return limit;
    }

    @Override
    public void warmUp() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            ours(1);
            theirs();
        }
    }

    @Override
    public double ours(int times) throws Exception {
        double start = seconds();
        for (int i = 0; i < times; i++) map(pool, items, MapOptions.chunksize(chunksize));
        return seconds() - start;
    }

    private double seconds() throws Exception {
        return cpu ? ProcessFacts.cpuSeconds() + ProcessFacts.cpuSeconds(worker) : System.nanoTime() / 1e9;
    }

    /** In CPU time, so that nothing else that runs here counts. */
    @Override
    public double theirs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        if (Tiny.work(STEPS) == 0) throw new IllegalStateException("nothing was computed");
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    static void map(Executor executor, List<Long> items, MapOptions options) {
        long sum = 0;
        try (var results = executor.map(Tiny::increment, items, options)) {
            for (long result : results) sum += result;
        }
        if (sum <= 0) throw new IllegalStateException("a wrong sum: sum=" + sum);
    }

    @Override
    public void close() {
        pool.close();
    }
}
