package io.coppice;

import io.coppice.pool.DeathPolicy;

/**
 * What happens when a worker of a {@link ProcessPoolExecutor} ends without being asked to: a crash, a signal, {@code
 * System.exit} in a call. Immutable.
 *
 * <p>Whatever it is, an initializer that throws breaks the pool, and a worker that was killed because a call of its was
 * over its {@linkplain ProcessPoolExecutor#withTimeout(java.time.Duration) time} or was cancelled is replaced.
 */
public final class OnWorkerDeath {
    private static final int IN_VAIN = 100;

    private static final OnWorkerDeath BREAK_POOL = new OnWorkerDeath(DeathPolicy.BREAK_POOL);
    private static final OnWorkerDeath REPLACE = new OnWorkerDeath(new DeathPolicy(true, 0, IN_VAIN));

    private final DeathPolicy policy;

    private OnWorkerDeath(DeathPolicy policy) {
        this.policy = policy;
    }

    /**
     * The pool breaks: every call that has not ended gets a {@link BrokenProcessPool}, and so does every later
     * submission. The default, as in Python.
     *
     * @return this way
     */
    public static OnWorkerDeath breakPool() {
        return BREAK_POOL;
    }

    /**
     * The call that the worker was running gets a {@link BrokenProcessPool}; of a chunk, that is one item. Calls that it
     * had ended have their results, those that it had not begun wait again, and the worker is replaced when there is
     * work for it. No call is run twice.
     *
     * <p>Where nothing comes of it the pool breaks: when 5 workers in a row have died before they took a call, or 100
     * in a row with no call answered in between ({@link #giveUpAfter}).
     *
     * @return this way
     */
    public static OnWorkerDeath replace() {
        return REPLACE;
    }

    /**
     * As {@link #replace}, but the call that the worker was running is run again, so often at most: for calls that may be
     * run twice, and workers that die for reasons of their own.
     *
     * @param times how often a call is run again, after its first run; at least 1
     * @return this way
     * @throws IllegalArgumentException if it is less than 1
     */
    public static OnWorkerDeath retry(int times) {
        if (times < 1) throw new IllegalArgumentException("a call must be retried at least once: times=" + times);
        return new OnWorkerDeath(new DeathPolicy(true, times, IN_VAIN));
    }

    /**
     * The same, but another number of deaths in a row, with no call answered in between, after which the pool breaks
     * because nothing comes of it.
     *
     * @param deaths at least 1; 100 by default
     * @return this way, with that limit; {@link #breakPool} as it is
     * @throws IllegalArgumentException if it is less than 1
     */
    public OnWorkerDeath giveUpAfter(int deaths) {
        if (deaths < 1) throw new IllegalArgumentException("a death must be allowed: deaths=" + deaths);
        return policy.replaces() ? new OnWorkerDeath(new DeathPolicy(true, policy.retries(), deaths)) : this;
    }

    DeathPolicy policy() {
        return policy;
    }

    @Override
    public String toString() {
        if (!policy.replaces()) return "breakPool()";
        String way = policy.retries() == 0 ? "replace()" : "retry(" + policy.retries() + ")";
        return policy.mostInVain() == IN_VAIN ? way : way + ".giveUpAfter(" + policy.mostInVain() + ")";
    }
}
