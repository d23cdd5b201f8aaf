package io.coppice.bench.guard;

/** A cost of ours, and what it is compared with. Less is better. For one thread. */
interface Check extends AutoCloseable {
    /** What costs. */
    String name();

    /** What it is compared with; nothing, for a count. */
    String against();

    /** The cost of ours over that of the other must not be more. */
    double limit();

    /** Done before anything is measured. */
    default void warmUp() throws Exception {
        for (int i = 0; i < 3; i++) {
            ours(1);
            theirs();
        }
    }

    /**
     * Measures ours once.
     *
     * @param times does all of it so many times and counts it once, as a slower Coppice would
     * @return seconds, bytes, or calls
     */
    double ours(int times) throws Exception;

    /** Measures the other once, in the same unit. */
    default double theirs() throws Exception {
        return 1;
    }

    @Override
    default void close() throws Exception {}
}
