package io.coppice;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A function that, instead of its result, gives the nanoseconds that it took, in the worker; nothing of the way there
 * and back is in them but one look at the clock.
 */
record OwnTime<A extends @Nullable Object>(Fn1<? super A, ? extends @Nullable Object> function)
        implements Fn1<A, Long> {
    private static final int LOOKS = 50_000; // so many, that the compiled code is measured

    @Override
    public Long apply(A item) throws Exception {
        long start = System.nanoTime();
        Object result = function.apply(item);
        try {
            return System.nanoTime() - start;
        } finally {
            Reference.reachabilityFence(result); // a result that nobody wants need not be computed
        }
    }

    /** What two looks at the clock, one after the other, are apart. */
    static double clockNanos() {
        double least = Double.MAX_VALUE;
        for (int tries = 0; tries < 5; tries++) {
            long start = System.nanoTime();
            for (int i = 0; i < LOOKS; i++) System.nanoTime();
            least = Math.min(least, (double) (System.nanoTime() - start) / LOOKS);
        }
        return least;
    }
}
