package io.coppice.bench.contenders;

import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/**
 * Memory in the parent per call that is pending: the heap in use after a collection, with many calls behind one that
 * does not end, less what was in use before them. The future is counted, the caller's reference to it is not.
 */
public final class PendingMemory implements Contender {
    private static final int CALLS = 200_000;

    private PendingMemory() {}

    /** Needs nothing. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new PendingMemory());
    }

    private static long hang(long n) throws InterruptedException {
        new CountDownLatch(1).await();
        return n;
    }

    @Override
    public double[] round(double seconds) throws Exception {
        try (ProcessPoolExecutor pool = new ProcessPoolExecutor(1)) {
            pool.submit(Tiny::increment, 0L).get();
            Future<Long> blocker = pool.submit(PendingMemory::hang, 0L);
            Future<?>[] pending = new Future<?>[CALLS];
            long before = heap();
            for (int i = 0; i < CALLS; i++) pending[i] = pool.submit(Tiny::increment, (long) i);
            long after = heap();
            for (Future<?> future : pending) if (future.isDone()) throw new IllegalStateException("done: " + future);
            if (blocker.isDone()) throw new IllegalStateException("the worker is not blocked: " + blocker);
            pool.killWorkers();
            return new double[] {(after - before) / (double) CALLS};
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
