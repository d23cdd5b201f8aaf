package io.coppice.bench.contenders;

import io.coppice.ProcessPoolExecutor;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;

/** A {@code double[]} to a worker and back, one call at a time: bytes a second, there and back counted once each. */
public final class Bulk implements Contender {
    private final ProcessPoolExecutor pool = new ProcessPoolExecutor(1);
    private final double[] values;

    /**
     * Starts nothing yet.
     *
     * @param length of the array
     */
    public Bulk(int length) {
        values = values(length);
    }

    /** {@code LENGTH}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new Bulk(Integer.parseInt(args[0])));
    }

    static double[] values(int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) values[i] = i + 0.5;
        return values;
    }

    static void check(double[] sent, double[] back) {
        int last = sent.length - 1;
        if (back.length != sent.length || back[last] != sent[last] || back[last / 2] != sent[last / 2])
            throw new IllegalStateException("another array came back: length=" + back.length);
    }

    @Override
    public double[] round(double seconds) throws Exception {
        long start = System.nanoTime();
        int echoes = 0;
        double passed;
        do {
            check(values, pool.submit(Tiny::echo, values).get());
            echoes++;
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return new double[] {2.0 * Double.BYTES * values.length * echoes / passed};
    }

    @Override
    public void close() {
        pool.close();
    }
}
