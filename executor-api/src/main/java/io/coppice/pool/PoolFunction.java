package io.coppice.pool;

import io.coppice.wire.Payload;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A function as workers get it: encoded once, sent to each worker before the first call there that names it. A worker
 * forgets it when no call can name it any more.
 */
public final class PoolFunction {
    private static final AtomicInteger NEXT_ID = new AtomicInteger(1);

    final int id = NEXT_ID.getAndUpdate(id -> id == Integer.MAX_VALUE ? 1 : id + 1);
    final Payload encoded;
    private final String label;
    private final int arity;

    // Dispatcher thread only: calls on it that have not ended, and whether more may come.
    private int unfinishedCalls;
    private boolean open;

    private PoolFunction(Payload encoded, String label, int arity, boolean open) {
        this.encoded = encoded;
        this.label = label;
        this.arity = arity;
        this.open = open;
    }

    /** For exactly one call. */
    public static PoolFunction once(Payload encoded, String label, int arity) {
        return new PoolFunction(encoded, label, arity, false);
    }

    /** For calls until {@link Dispatcher#close(PoolFunction)}, if that ever comes. */
    public static PoolFunction open(Payload encoded, String label, int arity) {
        return new PoolFunction(encoded, label, arity, true);
    }

    /** Its name in messages. */
    public String label() {
        return label;
    }

    /** How many arguments it takes. */
    public int arity() {
        return arity;
    }

    void callAccepted() {
        unfinishedCalls++;
    }

    void callEnded() {
        unfinishedCalls--;
    }

    void noMoreCalls() {
        open = false;
    }

    boolean isFinished() {
        return !open && unfinishedCalls == 0;
    }
}
