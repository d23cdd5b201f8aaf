package io.coppice.pool;

/**
 * How long a call may take, from when a worker begins it. Then it is interrupted; if it has not ended some time after
 * that, its worker is killed.
 *
 * @param nanos until it is interrupted
 * @param graceNanos from then on
 */
public record TimeLimit(long nanos, long graceNanos) {
    /** What a call that is cancelled while it runs is given after its interrupt. */
    public static final long GRACE_NANOS = 1_000_000_000;
}
