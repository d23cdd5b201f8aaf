package io.coppice.fuzz;

/** What came of the inputs of one target, in one thread or in several. */
final class Tally {
    long inputs;
    long accepted;
    long nanos;
    long slowestNanos;
    long mostBytes;

    void add(boolean taken, long nanos, long bytes) {
        inputs++;
        if (taken) accepted++;
        this.nanos += nanos;
        slowestNanos = Math.max(slowestNanos, nanos);
        mostBytes = Math.max(mostBytes, bytes);
    }

    synchronized void addAll(Tally other) {
        inputs += other.inputs;
        accepted += other.accepted;
        nanos += other.nanos;
        slowestNanos = Math.max(slowestNanos, other.slowestNanos);
        mostBytes = Math.max(mostBytes, other.mostBytes);
    }
}
