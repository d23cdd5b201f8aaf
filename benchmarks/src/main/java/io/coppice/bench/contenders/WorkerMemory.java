package io.coppice.bench.contenders;

import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.ProcessFacts;
import io.coppice.bench.rounds.Rounds;

/**
 * Memory that a worker has for itself, idle for a round's length after its first call, before any collection: the bytes
 * that the system counts as private. A new worker each round.
 */
public final class WorkerMemory implements Contender {
    private WorkerMemory() {}

    /** Needs nothing. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new WorkerMemory());
    }

    @Override
    public double[] round(double seconds) throws Exception {
        try (ProcessPoolExecutor pool = new ProcessPoolExecutor(1)) {
            long pid = pool.submit(Tiny::pid).get();
            Thread.sleep((long) (seconds * 1000));
            return new double[] {ProcessFacts.privateBytes(pid)};
        }
    }
}
