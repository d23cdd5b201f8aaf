package io.coppice.bench.contenders;

import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Calls a second where all are submitted, then all results are taken. */
public final class AllAtOnce implements Contender {
    private final Caller caller;
    private final int calls;

    /**
     * Measures this one.
     *
     * @param calls at once
     */
    public AllAtOnce(Caller caller, int calls) {
        this.caller = caller;
        this.calls = calls;
    }

    /** {@code processes|threads|jdk|pp4j CALLS}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new AllAtOnce(Caller.named(args[0], 1), Integer.parseInt(args[1])));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        List<Future<Long>> futures = new ArrayList<>(calls);
        long start = System.nanoTime();
        long done = 0;
        double passed;
        do {
            futures.clear();
            for (int i = 0; i < calls; i++) futures.add(caller.submit(i));
            long sum = 0;
            for (Future<Long> future : futures) sum += future.get();
            if (sum != (long) calls * (calls + 1) / 2) throw new IllegalStateException("a wrong sum: sum=" + sum);
            done += calls;
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return new double[] {done / passed};
    }

    @Override
    public void close() {
        caller.close();
    }
}
