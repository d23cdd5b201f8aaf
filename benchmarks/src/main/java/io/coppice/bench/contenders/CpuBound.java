package io.coppice.bench.contenders;

import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.util.Collections;
import java.util.List;

/** Calls a second of a batch that keeps a processor busy for about 5 ms a call, without touching memory. */
public final class CpuBound implements Contender {
    private static final int CALLS_A_SECOND = 200; // of one worker, about

    private final ProcessPoolExecutor pool;

    private CpuBound(int workers) {
        pool = new ProcessPoolExecutor(workers);
    }

    /** {@code WORKERS}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new CpuBound(Integer.parseInt(args[0])));
    }

    @Override
    public double[] round(double seconds) {
        List<Long> batch = Collections.nCopies((int) Math.max(2, seconds * CALLS_A_SECOND), Tiny.WORK_OF_A_CALL);
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
