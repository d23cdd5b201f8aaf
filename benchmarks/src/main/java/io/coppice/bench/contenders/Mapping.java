package io.coppice.bench.contenders;

import io.coppice.Executor;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.util.List;
import java.util.stream.LongStream;

/** Items a second through {@code map}, of processes or of threads. Every result is taken and added up. */
public final class Mapping implements Contender {
    private static final int ITEMS = 100_000;

    private final Executor executor;
    private final MapOptions options;
    private final List<Long> items = LongStream.range(0, ITEMS).boxed().toList();

    /**
     * Starts nothing yet.
     *
     * @param options how the items are sent
     */
    public Mapping(Executor executor, MapOptions options) {
        this.executor = executor;
        this.options = options;
    }

    /** {@code processes|threads WORKERS CHUNKSIZE|auto}. */
    public static void main(String[] args) throws Exception {
        int workers = Integer.parseInt(args[1]);
        Executor executor =
                args[0].equals("threads") ? new ThreadPoolExecutor(workers) : new ProcessPoolExecutor(workers);
        MapOptions options =
                args[2].equals("auto") ? MapOptions.autoChunksize() : MapOptions.chunksize(Integer.parseInt(args[2]));
        Rounds.serve(new Mapping(executor, options));
    }

    @Override
    public double[] round(double seconds) {
        long start = System.nanoTime();
        long mapped = 0;
        double passed;
        do {
            map();
            mapped += ITEMS;
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return new double[] {mapped / passed};
    }

    private void map() {
        long sum = 0;
        try (var results = executor.map(Tiny::increment, items, options)) {
            for (long result : results) sum += result;
        }
        if (sum != (long) ITEMS * (ITEMS + 1) / 2) throw new IllegalStateException("a wrong sum: sum=" + sum);
    }

    @Override
    public void close() {
        executor.close();
    }
}
