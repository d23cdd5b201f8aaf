package io.coppice.bench.rounds;

/** One side of a comparison. It does its work in its own process, and nothing between the rounds. */
public interface Contender extends AutoCloseable {
    /**
     * Measures once. The first rounds are the warm-up.
     *
     * @param seconds for about so long, where that can be chosen
     * @return the figures, always as many and in the same order
     */
    double[] round(double seconds) throws Exception;

    @Override
    default void close() throws Exception {}
}
