package io.coppice.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Feeds a target, and watches what it does. One thread at a time; input n of a seed is always the same. */
final class Fuzzing {
    /** Of a processor's time: far above what any of these small inputs needs. */
    private static final Duration SLOWEST = Duration.ofMillis(250);

    /** What was slow or took memory is tried again: the collector, or a class that was loaded, may have been it. */
    private static final int TRIES = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String name;
    private final Target target;
    private final long seed;

    Fuzzing(String name, Target target, long seed) {
        this.name = name;
        this.target = target;
        this.seed = seed;
    }

    byte[] input(long number) {
        return target.input(new SplittableRandom(seed * 31 + name.hashCode() + (number << 20)));
    }

    /** @return the first input that was answered as none may be, or null */
    @Nullable
    Finding run(long from, long to, Tally tally) {
        for (long number = from; number < to; number++) {
            byte[] input = input(number);
            Finding finding = run(number, input, tally);
            if (finding != null) return finding;
        }
        return null;
    }

    private @Nullable Finding run(long number, byte[] input, Tally tally) {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        boolean taken = false;
        for (int i = 0; i < TRIES; i++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadCpuTime();
            try {
                taken = target.takes(input);
            } catch (Throwable thrown) {
                return new Finding(name, number, input, "threw " + thrown, thrown);
            }
            nanos = Math.min(nanos, threads.getCurrentThreadCpuTime() - before);
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - bytesBefore);
            if (nanos <= SLOWEST.toNanos() && bytes <= target.mostAllocated(input.length)) break;
        }
        tally.add(taken, nanos, bytes);
        if (nanos > SLOWEST.toNanos())
            return new Finding(
                    name, number, input, "took ms=" + nanos / 1_000_000 + " for bytes=" + input.length, null);
        if (bytes > target.mostAllocated(input.length))
            return new Finding(name, number, input, "allocated bytes=" + bytes + " for bytes=" + input.length, null);
        return null;
    }
}
