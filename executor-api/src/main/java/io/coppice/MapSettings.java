package io.coppice;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link MapOptions} as a map reads them.
 *
 * @param chunk items in one, or AUTO_CHUNK
 * @param deadline null if there is none
 * @param bound on the items, or chunks, submitted and not taken, or UNBOUNDED
 */
record MapSettings(int chunk, @Nullable Duration deadline, int bound) implements MapOptions {
    static final int UNBOUNDED = Integer.MAX_VALUE;
    static final int AUTO_CHUNK = 0;
    static final MapSettings AUTO = new MapSettings(AUTO_CHUNK, null, UNBOUNDED);
    static final MapSettings DEFAULTS = new MapSettings(1, null, UNBOUNDED);

    static MapSettings of(MapOptions options) {
        return (MapSettings) Objects.requireNonNull(options, "options");
    }

    @Override
    public MapOptions timeout(Duration timeout) {
        return new MapSettings(chunk, Objects.requireNonNull(timeout, "timeout"), bound);
    }

    @Override
    public MapOptions buffersize(int buffersize) {
        if (buffersize < 1)
            throw new IllegalArgumentException("buffersize must be at least 1: buffersize=" + buffersize);
        return new MapSettings(chunk, deadline, buffersize);
    }

    /** Whether items travel in chunks of a fixed size; else each is a call, and the engine sends as many as fit. */
    boolean isChunked() {
        return chunk > 1;
    }

    boolean isBounded() {
        return bound != UNBOUNDED;
    }

    @Override
    public String toString() {
        return "MapOptions[chunksize=" + (chunk == AUTO_CHUNK ? "auto" : chunk) + ", timeout="
                + (deadline == null ? "none" : deadline) + ", buffersize=" + (isBounded() ? bound : "unbounded") + "]";
    }
}
