package io.coppice.launch;

import java.io.OutputStream;

/** Where what workers print goes, besides the tail that is kept of it. Thread-safe. */
public interface OutputTarget {
    /** As if this JVM had printed it. */
    OutputTarget PARENT = new OutputTarget() {
        @Override
        public OutputStream open(Source source) {
            return new ParentOutput(source.isStderr());
        }
    };

    /** Nowhere. */
    OutputTarget NOWHERE = new OutputTarget() {
        @Override
        public OutputStream open(Source source) {
            return OutputStream.nullOutputStream();
        }
    };

    /**
     * Where one stream goes: written to by one thread, in pieces that end with a line where they can, flushed after each,
     * and closed at the end. What it throws is dropped; while it blocks, the worker's printing soon does.
     */
    OutputStream open(Source source);

    /** Whether it asks which call runs. */
    default boolean namesCalls() {
        return false;
    }

    /** A stream of a worker. @param call the one that it runs */
    record Source(int worker, long pid, boolean isStderr, RunningCall call) {}
}
