package io.coppice.pool;

import io.coppice.wire.Items;
import io.coppice.wire.LentArray;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call with an end of its own: its arguments, encoded by the caller, and where its outcome goes. There may be
 * millions of them at a time, so it is small.
 */
public final class Call extends Work {
    private static final byte[] TAKEN = {};

    private final CallSink sink;
    // Dispatcher thread only.
    private Object arguments; // byte[]; or Items, of one item that ends in a large array
    private long id;
    private int deaths; // of workers that were running it

    /** @param arguments one item as it stands in {@link Items}: its length, then its bytes */
    public Call(PoolFunction function, byte[] arguments, CallSink sink) {
        super(function);
        this.arguments = arguments;
        this.sink = sink;
    }

    /** @param arguments one item that ends in a {@link Payload#tail}, or in a {@link LentArray} of this thread's */
    public Call(PoolFunction function, Items arguments, CallSink sink) {
        super(function);
        this.arguments = arguments;
        this.sink = sink;
    }

    @Override
    void accepted(long id) {
        if (this.id == 0) this.id = id;
    }

    @Override
    int size() {
        return 1;
    }

    /** The arguments as one item, length first; nothing once they were let go. */
    byte[] arguments() {
        return arguments instanceof Items items ? items.region().toArray() : (byte[]) arguments;
    }

    int argumentBytes() {
        return arguments instanceof Items items ? items.region().length() : ((byte[]) arguments).length;
    }

    /** The arguments, as a row of one item. */
    Items row() {
        return arguments instanceof Items items ? items : new Items(1, Payload.of((byte[]) arguments));
    }

    /** They are needed no more, but for what a connection has of them. */
    void dropArguments() {
        LentArray lent = lent();
        if (lent != null) lent.isSentOnce();
        arguments = TAKEN;
    }

    /** The array that the caller lends, or null. The caller's before the call is submitted. */
    @Nullable
    LentArray lent() {
        return arguments instanceof Items items && items.region().elements() instanceof LentArray lent ? lent : null;
    }

    /** No worker gets it now. */
    void waits() {
        LentArray lent = lent();
        if (lent != null) lent.waits();
    }

    /** Nobody wants it, as there is no memory for its arguments; false if it has started. Any thread. */
    boolean refuse() {
        sink.cancelByPool();
        return sink.isCancelled();
    }

    boolean isFor(CallSink sink) {
        return this.sink == sink;
    }

    // ---- the sink, whose failures are its own: they must not stop the dispatcher ----

    /** It is about to be handed to a worker; false if it was cancelled and must not be. */
    boolean start() {
        try {
            return sink.start();
        } catch (Throwable failure) {
            report(failure);
            return false;
        }
    }

    /** The worker that had it gave it back; it has not begun. */
    void handedBack() {
        try {
            sink.handedBack();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    /** A worker has died of it: the how manieth is this? */
    int died() {
        return ++deaths;
    }

    void lost(Loss loss) {
        try {
            sink.lost(loss);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    boolean isCancelled() {
        return sink.isCancelled();
    }

    void answer(Items.Cursor outcome, CallSink.Origin origin) {
        try {
            boolean returned = outcome.outcomeKind() == OutcomeKind.RETURNED; // then nobody asks whence
            sink.answer(outcome, returned ? origin : () -> origin.describe() + ", " + describe());
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    void broken(Supplier<String> message, Fault fault) {
        LentArray lent = lent();
        if (lent != null) {
            lent.isSentOnce();
            lent.release();
        }
        try {
            sink.broken(message, fault);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    void cancelByPool(Consumer<Unstarted> each) {
        waits(); // it may be what somebody else runs
        if (!sink.isCancelled()) each.accept(new Unstarted(describe(), function.encoded, row()));
        try {
            sink.cancelByPool();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    Supplier<String> description() {
        long id = this.id;
        Supplier<String> label = function.label();
        return () -> describe(id, label.get());
    }

    private static String describe(long id, String label) {
        return (id == 0 ? "call" : "call=" + id) + " (" + label + ")";
    }
}
