package io.coppice.bench.isolation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Code that keeps much and replaces it all the time, so that the collector has to copy and mark what lives: a cache, an
 * index that is built, a leak in slow motion.
 */
final class HeapHog {
    private static final int LISTS = 1 << 16;
    private static final int NODES_A_LIST = 64; // 4 million nodes live, about 270 MB
    private static final int LISTS_A_STEP = 16;

    /** Small objects that point at each other, which is what costs a collector most. */
    private record Node(
            long first,
            long second,
            long third,
            long fourth,
            long fifth,
            @Nullable Node next) {}

    private final @Nullable Node[] lists = new Node[LISTS];
    private final SplittableRandom random = new SplittableRandom(1);

    private HeapHog() {
        for (int i = 0; i < LISTS; i++) lists[i] = list();
    }

    /** Runs for so long; how many steps a second it got done. */
    static double[] run(double seconds) {
        HeapHog hog = new HeapHog();
        long start = System.nanoTime();
        long steps = 0;
        double passed;
        do {
            for (int i = 0; i < LISTS_A_STEP; i++) hog.lists[hog.random.nextInt(LISTS)] = hog.list();
            steps++;
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return new double[] {steps / passed};
    }

    private Node list() {
        Node list = new Node(0, 0, 0, 0, 0, null);
        for (int i = 1; i < NODES_A_LIST; i++) list = new Node(i, i, i, i, i, list);
        return list;
    }
}
