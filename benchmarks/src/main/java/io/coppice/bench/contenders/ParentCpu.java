package io.coppice.bench.contenders;

import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.ProcessFacts;
import io.coppice.bench.rounds.Rounds;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** CPU time of the parent, all its threads, per tiny call of a steady run on two workers, in seconds. */
public final class ParentCpu implements Contender {
    private static final int WORKERS = 2;
    private static final int ITEMS = 100_000;
    private static final int IN_FLIGHT = 512;

    private final ProcessPoolExecutor pool = new ProcessPoolExecutor(WORKERS);
    private final boolean bySubmit;
    private final List<Long> items = LongStream.range(0, ITEMS).boxed().toList();

    private ParentCpu(boolean bySubmit) {
        this.bySubmit = bySubmit;
    }

    /** {@code map|submit}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new ParentCpu(args[0].equals("submit")));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double before = ProcessFacts.cpuSeconds();
        long calls = 0;
        do {
            long sum = bySubmit ? submit() : map();
            if (sum != (long) ITEMS * (ITEMS + 1) / 2) throw new IllegalStateException("a wrong sum: sum=" + sum);
            calls += ITEMS;
        } while (System.nanoTime() < end);
        return new double[] {(ProcessFacts.cpuSeconds() - before) / calls};
    }

    private long map() {
        long sum = 0;
        try (var results = pool.map(Tiny::increment, items, MapOptions.chunksize(1))) {
            for (long result : results) sum += result;
        }
        return sum;
    }

    private long submit() throws Exception {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Future<Long>[] ring = new Future[IN_FLIGHT];
        long sum = 0;
        for (int i = 0; i < ITEMS + IN_FLIGHT; i++) {
            Future<Long> oldest = ring[i % IN_FLIGHT];
            if (oldest != null) sum += oldest.get();
            if (i < ITEMS) ring[i % IN_FLIGHT] = pool.submit(Tiny::increment, items.get(i));
        }
        return sum;
    }

    @Override
    public void close() {
        pool.close();
    }
}
