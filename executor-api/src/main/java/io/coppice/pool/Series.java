package io.coppice.pool;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Calls on one function whose arguments lie one behind the other in one array. An open one is appended to by one
 * thread, item by item, while the dispatcher takes portions of any size from it, without copying: each item is a call.
 * A chunk is there as a whole and is one call.
 *
 * <p><b>Nothing appended is left lying.</b> A series is in the inbox, or pending, or asleep: the dispatcher has found
 * nothing in it to take and has struck it from the pending. The producer publishes an item first and then looks whether
 * the series sleeps; the dispatcher first says that it sleeps and then looks for an item. So at least one of the two
 * sees the other, and the one that ends the sleep, by CAS, puts the series back.
 */
public final class Series extends Work {
    private static final byte[] NOTHING = {};
    private static final VarHandle ASLEEP;

    static {
        try {
            ASLEEP = MethodHandles.lookup().findVarHandle(Series.class, "asleep", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final SeriesSink sink;
    private final boolean chunk;
    private final byte[] bytes; // of an open one: written before `appended`, read after it
    private final int room;
    private int end; // producer only

    private volatile int appended; // by the producer
    private volatile boolean closed; // by the producer; nothing is appended afterwards
    private volatile boolean cancelled; // by any thread
    private volatile boolean asleep;

    // Dispatcher thread only.
    private long id;
    private int taken;
    private int takenBytes;
    private Items whole = Items.NONE; // of a chunk, until it is taken

    private Series(PoolFunction function, byte[] bytes, int room, boolean chunk, SeriesSink sink) {
        super(function);
        this.bytes = bytes;
        this.room = room;
        this.chunk = chunk;
        this.sink = sink;
    }

    /** An open one, with room for so many bytes and items. To be submitted after the first was appended. */
    public static Series open(PoolFunction function, int bytes, int items, SeriesSink sink) {
        return new Series(function, new byte[bytes], items, false, sink);
    }

    /** A chunk: these items, which go to one worker together. */
    public static Series chunk(PoolFunction function, Items arguments, SeriesSink sink) {
        Series chunk = new Series(function, NOTHING, arguments.count(), true, sink);
        chunk.whole = arguments;
        chunk.appended = arguments.count();
        chunk.closed = true;
        return chunk;
    }

    // ---- the producer ----

    /**
     * Appends one item as it stands in {@link Items}: its length, then its bytes. Afterwards the dispatcher is to be
     * told ({@link Dispatcher#appended}).
     *
     * @return false if there is no room for it; then nothing was done
     */
    public boolean append(byte[] from, int offset, int length) {
        int count = appended;
        if (length > bytes.length - end || count == room || closed) return false;
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
        appended = count + 1;
        return true;
    }

    /** Nothing more is appended. */
    public void close() {
        closed = true;
    }

    /** Nobody wants the outcomes of what no worker has: it is dropped. Any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether it slept, and the caller, who has ended that, must put it back. Any thread. */
    boolean wake() {
        return asleep && ASLEEP.compareAndSet(this, true, false);
    }

    // ---- the dispatcher ----

    @Override
    void accepted(long id) {
        if (this.id == 0) this.id = id;
    }

    @Override
    int size() {
        int left = appended - taken;
        return chunk ? Math.min(left, 1) : left;
    }

    @Override
    boolean isCancelled() {
        return cancelled;
    }

    /** Whether it has nothing and nothing will come; if it has nothing, but something may come, it sleeps. */
    boolean isUsedUp() {
        boolean wasClosed = closed; // read before `appended`
        if (appended > taken) return false;
        if (wasClosed) return true;
        asleep = true;
        return appended == taken || !wake();
    }

    /** Takes so many calls at most, and bytes; one at least, which must be there. */
    SeriesBatch take(int most, int mostBytes) {
        if (chunk) {
            SeriesBatch batch = new SeriesBatch(this, 0, whole, 0);
            whole = Items.NONE; // whoever holds the series need not hold them
            taken = appended;
            return batch;
        }
        int count = Math.min(most, appended - taken);
        Items.Cursor items = new Items(count, new Payload(bytes, takenBytes, bytes.length - takenBytes)).cursor();
        int length = 0;
        int fit = 0;
        while (items.next()) {
            int with = items.offset() + items.length() - takenBytes;
            if (fit > 0 && with > mostBytes) break;
            length = with;
            fit++;
        }
        SeriesBatch batch = new SeriesBatch(this, taken, new Items(fit, new Payload(bytes, takenBytes, length)), 0);
        taken += fit;
        takenBytes += length;
        return batch;
    }

    boolean isChunk() {
        return chunk;
    }

    // ---- the sink, whose failures are its own: they must not stop the dispatcher ----

    void answer(int firstItem, Items outcomes, CallSink.Origin origin) {
        try {
            // Small, and holds no arguments: the sink may keep it for long.
            Name name = name();
            sink.answer(firstItem, outcomes, item -> origin.describe() + ", " + name.of(item, 1));
        } catch (Throwable failure) {
            report(failure);
        }
    }

    void lost(int item, Loss loss) {
        try {
            sink.lost(item, loss);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    void broken(Supplier<String> message, Fault fault) {
        try {
            sink.broken(message, fault);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    void cancelByPool(Consumer<Unstarted> each) {
        do {
            int count = appended - taken;
            if (count > 0) {
                int first = taken;
                while (taken < first + count) each.accept(take(1, 0).unstarted());
                cancelledByPool(first, count);
            }
        } while (!isUsedUp()); // what is appended later is submitted anew, and refused
    }

    void cancelledByPool(int firstItem, int count) {
        try {
            sink.cancelled(firstItem, count);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    Supplier<String> description() {
        return description(taken, appended - taken);
    }

    /** The name of some of its items. */
    Supplier<String> description(int firstItem, int count) {
        Name name = name();
        return () -> name.of(firstItem, count);
    }

    /** The name of each item from this one on; for any thread. */
    IntFunction<Supplier<String>> names(int firstItem) {
        Name name = name();
        return item -> () -> name.of(firstItem + item, 1);
    }

    private Name name() {
        return new Name(id, function.label(), chunk ? appended : 0);
    }

    /** What it is called in messages. */
    private record Name(long id, Supplier<String> label, int chunk) {
        String of(int firstItem, int count) {
            String call = (id == 0 ? "call" : "call=" + id) + " (" + label.get();
            if (chunk == 1) return call + ")";
            if (chunk > 1 && count != 1) return call + ", chunk of " + chunk + ")";
            if (chunk > 1) return call + ", item " + firstItem + " of a chunk of " + chunk + ")";
            return call + ", item " + firstItem + (count > 1 ? " or one of the " + (count - 1) + " after it" : "")
                    + ")";
        }
    }
}
