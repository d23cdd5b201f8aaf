package io.coppice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code map} goes about its items. Immutable: every method gives a new instance.
 *
 * <pre>{@code
 * MapOptions.chunksize(100).timeout(Duration.ofSeconds(60)).buffersize(10_000)
 * }</pre>
 */
public final class MapOptions {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final MapOptions DEFAULTS = new MapOptions(1, null, UNBOUNDED);

    private final int chunksize;
    private final @Nullable Duration timeout;
    private final int buffersize;

    private MapOptions(int chunksize, @Nullable Duration timeout, int buffersize) {
        this.chunksize = chunksize;
        this.timeout = timeout;
        this.buffersize = buffersize;
    }

    /**
     * One item a call, no deadline, all input taken at once: Python's defaults.
     *
     * @return the defaults
     */
    public static MapOptions defaults() {
        return DEFAULTS;
    }

    /**
     * So many items travel to a worker as one call. A chunk ends early where its arguments reach 16 MiB. A {@link
     * ThreadPoolExecutor} has nothing to send and ignores it, as in Python.
     *
     * @param chunksize at least 1
     * @return the defaults with this chunk size
     * @throws IllegalArgumentException if it is less than 1
     */
    public static MapOptions chunksize(int chunksize) {
        if (chunksize < 1) throw new IllegalArgumentException("chunksize must be at least 1: chunksize=" + chunksize);
        return new MapOptions(chunksize, null, UNBOUNDED);
    }

    /**
     * All results must be there by then, counted from the call of {@code map}; else the iterator throws {@link
     * UncheckedTimeoutException} and what has not started is cancelled.
     *
     * @param timeout zero or less: only what is there already
     * @return these options with this timeout
     */
    public MapOptions timeout(Duration timeout) {
        return new MapOptions(chunksize, java.util.Objects.requireNonNull(timeout, "timeout"), buffersize);
    }

    /**
     * At most so many chunks (items, where the chunk size is 1) are submitted whose results were not taken yet. The
     * rest of the input is taken as results are, so that an endless or huge input needs bounded memory. Without it, all
     * input is taken at once, as in Python.
     *
     * @param buffersize at least 1
     * @return these options with this buffer size
     * @throws IllegalArgumentException if it is less than 1
     */
    public MapOptions buffersize(int buffersize) {
        if (buffersize < 1)
            throw new IllegalArgumentException("buffersize must be at least 1: buffersize=" + buffersize);
        return new MapOptions(chunksize, timeout, buffersize);
    }

    int chunksize() {
        return chunksize;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    int buffersize() {
        return buffersize;
    }

    boolean isBounded() {
        return buffersize != UNBOUNDED;
    }

    @Override
    public String toString() {
        return "MapOptions[chunksize=" + chunksize + ", timeout=" + (timeout == null ? "none" : timeout)
                + ", buffersize=" + (isBounded() ? buffersize : "unbounded") + "]";
    }
}
