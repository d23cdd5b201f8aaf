package io.coppice.pool;

/**
 * What the death of a worker costs.
 *
 * @param replaces whether the worker is replaced, and only the call that it was running is lost; else all calls are
 * @param retries how often the call that a worker has died of is run again
 * @param mostInVain after so many deaths in a row with no call answered in between the pool breaks
 */
public record DeathPolicy(boolean replaces, int retries, int mostInVain) {
    /** As in Python: the pool breaks. */
    public static final DeathPolicy BREAK_POOL = new DeathPolicy(false, 0, 1);
}
