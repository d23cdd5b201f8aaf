package io.coppice.bench;

/** Calls that do next to nothing, so that what is measured is the way there and back. */
final class Calls {
    private Calls() {}

    static long increment(long n) {
        return n + 1;
    }
}
