package io.coppice.bench.isolation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Code that needs a processor and hardly any memory, and has somebody waiting: what a noisy neighbour disturbs. */
final class SmallTask {
    private static final int LENGTH = 4096;

    private SmallTask() {}

    /** Runs for so long; how many units a second it got done, and how many seconds the slowest took. */
    static double[] run(double seconds) {
        SplittableRandom random = new SplittableRandom(2);
        long start = System.nanoTime();
        long units = 0;
        long worst = 0;
        long before = start;
        do {
            int[] numbers = new int[LENGTH];
            for (int i = 0; i < LENGTH; i++) numbers[i] = random.nextInt();
            Arrays.sort(numbers);
            if (numbers[0] > numbers[1]) throw new IllegalStateException("not sorted");
            units++;
            long after = System.nanoTime();
            worst = Math.max(worst, after - before);
            before = after;
        } while (before - start < seconds * 1e9);
        return new double[] {units / ((before - start) / 1e9), worst / 1e9};
    }
}
