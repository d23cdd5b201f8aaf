package io.coppice.pool;

import io.coppice.wire.Payload;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function as workers get it: encoded once, sent to each worker before the first call there that names it. A worker
 * forgets it when no call can name it any more.
 */
public final class PoolFunction {
    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    final long id = NEXT_ID.getAndIncrement();
    final Payload encoded;
    private final Supplier<String> label;
    private final Class<?> kind;
    private final int loader;
    final Pace pace; // dispatcher thread only
    final @Nullable TimeLimit limit; // of each call

    // Dispatcher thread only: places in the queue and batches that name it, and whether more may come.
    private int uses;
    private boolean open;

    private PoolFunction(
            Payload encoded,
            Supplier<String> label,
            Class<?> kind,
            int loader,
            Pace pace,
            @Nullable TimeLimit limit,
            boolean open) {
        this.pace = pace;
        this.limit = limit;
        this.loader = loader;
        this.encoded = encoded;
        this.label = label;
        this.kind = kind;
        this.open = open;
    }

    /** For exactly one call. @param pace of all functions of the same code in one pool */
    public static PoolFunction once(
            Payload encoded, Supplier<String> label, Class<?> kind, int loader, Pace pace, @Nullable TimeLimit limit) {
        return new PoolFunction(encoded, label, kind, loader, pace, limit, false);
    }

    /** For calls until {@link Dispatcher#close(PoolFunction)}, if that ever comes. @param pace as in {@link #once} */
    public static PoolFunction open(
            Payload encoded, Supplier<String> label, Class<?> kind, int loader, Pace pace, @Nullable TimeLimit limit) {
        return new PoolFunction(encoded, label, kind, loader, pace, limit, true);
    }

    /** Whether it is a function of this class loader, by its number. */
    boolean isOf(int loader) {
        return this.loader == loader;
    }

    /** Makes its name in messages; any thread, at any time. */
    public Supplier<String> label() {
        return label;
    }

    /** The class it is invoked through: an object may be a function in more ways than one. */
    public Class<?> kind() {
        return kind;
    }

    void used() {
        uses++;
    }

    void unused() {
        uses--;
    }

    void noMoreCalls() {
        open = false;
    }

    boolean isFinished() {
        return !open && uses == 0;
    }
}
