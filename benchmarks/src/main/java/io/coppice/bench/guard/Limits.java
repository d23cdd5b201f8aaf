package io.coppice.bench.guard;

/**
 * How dear a thing may be: about twice what {@code scripts/bench-guard} printed when these numbers were set, on an idle
 * machine of two processors. Those of a map are higher: where a hypervisor has to be called for every wakeup they were 2.7
 * to 3.1. A change that makes one smaller for good should lower its limit too.
 */
final class Limits {
    /** Time of a map, in times of a hundred steps of arithmetic an item. */
    static final double MAP_WALL = 4.5;

    /** CPU time of it in both processes, in the same. */
    static final double MAP_CPU = 4;

    /** The same with items in chunks of 100. */
    static final double MAP_CHUNKS_CPU = 4;

    /** Times a message's way there and back through a bare socket. */
    static final double SUBMIT = 5;

    /** Times a bare socket's time for 8 MB there and back. */
    static final double BULK = 3;

    /** CPU time of a program with one call, its worker's with it, in those of {@code java Hello}. */
    static final double START = 26;

    /** Bytes allocated per item of a map by the thread that iterates and the dispatcher's. */
    static final double MAP_BYTES = 90;

    /** Bytes allocated per call of {@code submit} by the thread that submits and the dispatcher's. */
    static final double SUBMIT_BYTES = 1800;

    /** Writes to the socket by the worker per {@code submit(...).get()}, one at a time. */
    static final double SUBMIT_WRITES = 1.9;

    /** The same per item of a map, where many answers should share one. */
    static final double MAP_WRITES = 0.003;

    private Limits() {}
}
