package io.coppice.pool;

import io.coppice.wire.Payload;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A function as workers get it: encoded once, sent to each worker before the first call there that names it. A worker
 * forgets it when no call can name it any more.
 */
public final class PoolFunction {
    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    final long id = NEXT_ID.getAndIncrement();
    final Payload encoded;
    private final String label;
    private final Class<?> kind;
    private final int loader;

    private final BatchSize batchSize = new BatchSize(); // dispatcher thread only

    // Dispatcher thread only: calls on it that have not ended, and whether more may come.
    private int unfinishedCalls;
    private boolean open;

    private PoolFunction(Payload encoded, String label, Class<?> kind, int loader, boolean open) {
        this.loader = loader;
        this.encoded = encoded;
        this.label = label;
        this.kind = kind;
        this.open = open;
    }

    /** For exactly one call. */
    public static PoolFunction once(Payload encoded, String label, Class<?> kind, int loader) {
        return new PoolFunction(encoded, label, kind, loader, false);
    }

    /** Whether it is a function of this class loader, by its number. */
    boolean isOf(int loader) {
        return this.loader == loader;
    }

    /** For calls until {@link Dispatcher#close(PoolFunction)}, if that ever comes. */
    public static PoolFunction open(Payload encoded, String label, Class<?> kind, int loader) {
        return new PoolFunction(encoded, label, kind, loader, true);
    }

    /** Its name in messages. */
    public String label() {
        return label;
    }

    /** The class it is invoked through: an object may be a function in more ways than one. */
    public Class<?> kind() {
        return kind;
    }

    /** So many items have taken so long in a worker. */
    void measured(int items, long nanos) {
        batchSize.measured(items, nanos);
    }

    /** How many items make a batch by what was measured so far. */
    int batchSize() {
        return batchSize.get();
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
