package io.coppice.it;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;

/** Inputs of a map: 0, 1, 2 and so on. */
final class Inputs implements Iterator<Integer> {
    private final AtomicInteger taken;
    private final int failsAt;
    private int next;

    private Inputs(AtomicInteger taken, int failsAt) {
        this.taken = taken;
        this.failsAt = failsAt;
    }

    /** Without end, and counts what is taken. */
    static Iterable<Integer> endless(AtomicInteger taken) {
        return () -> new Inputs(taken, -1);
    }

    /** Throws when this one is asked for. */
    static Iterable<Integer> failingAt(int item) {
        return () -> new Inputs(new AtomicInteger(), item);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Integer next() {
        if (next == failsAt) throw new IllegalStateException("input fails on purpose");
        taken.incrementAndGet();
        return next++;
    }
}
