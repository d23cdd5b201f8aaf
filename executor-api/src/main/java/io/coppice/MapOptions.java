package io.coppice;

import java.time.Duration;

/**
 * How a {@code map} goes about its items. Begins with the chunk size, or with the defaults. Immutable: every method
 * gives new options.
 *
 * <pre>{@code
 * MapOptions.chunksize(100).timeout(Duration.ofSeconds(60)).buffersize(10_000)
 * MapOptions.defaults().buffersize(10_000)
 * }</pre>
 */
// An interface, for its static methods cannot be called on an instance: on a class,
// defaults().buffersize(4).chunksize(100) would compile, and forget the buffer size.
public sealed interface MapOptions permits MapSettings {
    /**
     * One item a call, no deadline, all input taken at once: Python's defaults.
     *
     * @return the defaults
     */
    static MapOptions defaults() {
        return MapSettings.DEFAULTS;
    }

    /**
     * So many items are one call: they run in one worker, one after the other. A chunk
     * ends early where its arguments reach 16 MiB. With a chunk size of 1, the default, every item is a call of its
     * own; such items are handed over as {@link #autoChunksize} says, so larger chunks gain little. A {@link
     * ThreadPoolExecutor} has nothing to send and ignores it, as in Python.
     *
     * @param chunksize at least 1
     * @return the defaults with this chunk size
     * @throws IllegalArgumentException if it is less than 1
     */
    static MapOptions chunksize(int chunksize) {
        if (chunksize < 1) throw new IllegalArgumentException("chunksize must be at least 1: chunksize=" + chunksize);
        return new MapSettings(chunksize, null, MapSettings.UNBOUNDED);
    }

    /**
     * Items travel to a worker in batches of about a millisecond of work, by the time that those before them took: one
     * item a batch at first, and never more than half of a worker's share of what is left, so that the others are not
     * left without. Each item remains a call of its own: behind one that takes long, what has not begun is taken back
     * within some milliseconds and goes to another worker. This is what happens with a chunk size of 1 too;
     * {@code autoChunksize} says it. {@code buffersize} counts items. A {@link ThreadPoolExecutor} ignores it.
     *
     * @return the defaults with a chunk size that follows the measured time
     */
    static MapOptions autoChunksize() {
        return MapSettings.AUTO;
    }

    /**
     * All results must be there by then, counted from the call of {@code map}; else the iterator throws {@link
     * UncheckedTimeoutException} and what has not started is cancelled.
     *
     * @param timeout zero or less: only what is there already
     * @return these options with this timeout
     */
    MapOptions timeout(Duration timeout);

    /**
     * At most so many chunks (items, where the chunk size is 1) are submitted whose results were not taken yet. The
     * rest of the input is taken as results are, so that an endless or huge input needs bounded memory. Without it, all
     * input is taken at once, as in Python.
     *
     * @param buffersize at least 1
     * @return these options with this buffer size
     * @throws IllegalArgumentException if it is less than 1
     */
    MapOptions buffersize(int buffersize);
}
