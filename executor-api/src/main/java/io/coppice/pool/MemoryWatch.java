package io.coppice.pool;

/** Tells which workers have grown too large. Dispatcher thread only. */
final class MemoryWatch {
    /** To look takes some 20 µs. */
    private static final long LOOKS_EVERY_NANOS = 50_000_000;

    private final long mostBytes;

    /** @param mostBytes Long.MAX_VALUE: never */
    MemoryWatch(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Asked when the worker has ended something; looks now and then. */
    boolean isTooMuch(Worker worker) {
        if (mostBytes == Long.MAX_VALUE || worker.retirement.waitsForAnother()) return false;
        return worker.retirement.isTimeToLook(LOOKS_EVERY_NANOS) && worker.child.residentBytes() > mostBytes;
    }
}
