package io.coppice.bench.contenders;

import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Median;
import io.coppice.bench.rounds.Rounds;
import java.util.Arrays;

/** {@code submit(...).get()}, one call at a time: the median time of a call, in seconds. */
public final class OneByOne implements Contender {
    private static final int MOST_CALLS = 1_000_000; // in a round: for their times there is an array

    private final Caller caller;
    private final double[] times = new double[MOST_CALLS];

    /** Measures this one. */
    public OneByOne(Caller caller) {
        this.caller = caller;
    }

    /** {@code processes|threads|jdk|pp4j}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new OneByOne(Caller.named(args[0], 1)));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int calls = 0;
        long before = System.nanoTime();
        while (before < end && calls < MOST_CALLS) {
            long result = caller.submit(calls).get();
            if (result != calls + 1) throw new IllegalStateException("a wrong result: result=" + result);
            long after = System.nanoTime();
            times[calls++] = (after - before) / 1e9;
            before = after;
        }
        return new double[] {Median.of(Arrays.copyOf(times, calls))};
    }

    @Override
    public void close() {
        caller.close();
    }
}
