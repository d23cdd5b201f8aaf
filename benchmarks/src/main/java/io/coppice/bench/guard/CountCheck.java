package io.coppice.bench.guard;

import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.contenders.Tiny;
import java.util.List;
import java.util.stream.LongStream;

/** Something that is counted, per call: by {@code submit(...).get()}, or per item of a map. */
final class CountCheck implements Check {
    private static final int CALLS = 5_000;
    private static final int ITEMS = 50_000;

    private final String name;
    private final boolean map;
    private final Count count;
    private final double limit;
    private final ProcessPoolExecutor pool = new ProcessPoolExecutor(1);
    private final List<Long> items = LongStream.range(0, ITEMS).boxed().toList();

    CountCheck(String name, boolean map, Count count, double limit) {
        this.name = name;
        this.map = map;
        this.count = count;
        this.limit = limit;
    }

    /** What has been done so far for the calls of a pool with one worker. */
    interface Count {
        long now(ProcessPoolExecutor pool) throws Exception;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String against() {
        return "";
    }

    @Override
    public double limit() {
        return limit;
    }

    @Override
    public double ours(int times) throws Exception {
        long before = count.now(pool);
        for (int i = 0; i < times; i++) {
            if (map) MapCheck.map(pool, items, MapOptions.chunksize(1));
            else
                for (int call = 0; call < CALLS; call++)
                    pool.submit(Tiny::increment, (long) call).get();
        }
        return (count.now(pool) - before) / (double) (map ? ITEMS : CALLS);
    }

    @Override
    public void close() {
        pool.close();
    }
}
