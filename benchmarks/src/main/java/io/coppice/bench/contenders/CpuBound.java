package io.coppice.bench.contenders;

import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.util.Collections;
import java.util.List;

/**
 * Calls a second of a batch that keeps a processor busy for 5 ms a call and more, without touching memory.
 *
 * <p>A batch takes some seconds: one of a second is as much about its last call, for which one worker waits. And the way
 * there and back is compiled before: at 200 calls a second the parent's compilers are at work for half a minute, on the
 * processors that the workers want.
 */
public final class CpuBound implements Contender {
    private static final int CALLS = 500; // where a round is asked to take a second
    private static final int ROUND_TRIPS = 40_000;

    private final ProcessPoolExecutor pool;

    private CpuBound(int workers) {
        pool = new ProcessPoolExecutor(workers);
        for (long n = 0; n < ROUND_TRIPS; n++)
            try (var results = pool.map(Tiny::increment, List.of(n, n))) {
                results.forEach(result -> {});
            }
    }

    /** {@code WORKERS}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new CpuBound(Integer.parseInt(args[0])));
    }

    @Override
    public double[] round(double seconds) {
        List<Long> batch = Collections.nCopies((int) Math.max(2, seconds * CALLS), Tiny.WORK_OF_A_CALL);
        long start = System.nanoTime();
        long sum = 0;
        try (var results = pool.map(Tiny::work, batch)) {
            for (long result : results) sum += result;
        }
        double passed = (System.nanoTime() - start) / 1e9;
        if (sum == 0) throw new IllegalStateException("nothing was computed");
        return new double[] {batch.size() / passed};
    }

    @Override
    public void close() {
        pool.close();
    }
}
