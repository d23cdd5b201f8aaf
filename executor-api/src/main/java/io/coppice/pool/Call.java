package io.coppice.pool;

import io.coppice.lifetime.Log;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call, or a chunk of calls on one function: arguments encoded by the caller, and where the outcomes go. */
public final class Call {
    final PoolFunction function;
    private final CallSink sink;
    private final int itemCount;
    private final boolean joinable;

    // Dispatcher thread only.
    private Items arguments;
    private long id;

    public Call(PoolFunction function, Items arguments, CallSink sink) {
        this(function, arguments, sink, false);
    }

    private Call(PoolFunction function, Items arguments, CallSink sink, boolean joinable) {
        this.function = function;
        this.arguments = arguments;
        this.itemCount = arguments.count();
        this.sink = sink;
        this.joinable = joinable;
    }

    /** One call of one item, which may go to a worker together with others on the same function. */
    public static Call joinable(PoolFunction function, Items arguments, CallSink sink) {
        if (arguments.count() != 1) throw new IllegalArgumentException("items=" + arguments.count());
        return new Call(function, arguments, sink, true);
    }

    boolean isJoinable() {
        return joinable;
    }

    /** Bytes of the arguments, until they are taken. */
    int argumentBytes() {
        return arguments.region().length();
    }

    /** In the order the dispatcher takes calls in, from 1: its name in messages and on the wire. */
    long id() {
        return id;
    }

    void accepted(long id) {
        this.id = id;
    }

    /** The function, as bytes. */
    public Payload encodedFunction() {
        return function.encoded;
    }

    /** The arguments, once: afterwards the call holds them no more. */
    public Items takeArguments() {
        Items taken = arguments;
        arguments = Items.NONE;
        return taken;
    }

    int itemCount() {
        return itemCount;
    }

    boolean isFor(CallSink sink) {
        return this.sink == sink;
    }

    // ---- the sink, whose failures are its own: they must not stop the dispatcher ----

    boolean start() {
        try {
            return sink.start();
        } catch (Throwable failure) {
            report(failure);
            return false;
        }
    }

    boolean isCancelled() {
        return sink.isCancelled();
    }

    void answer(int firstItem, Items outcomes, CallSink.Origin origin) {
        try {
            sink.answer(firstItem, outcomes, () -> origin.describe() + ", " + describe());
        } catch (Throwable failure) {
            report(failure);
        }
    }

    void broken(Supplier<String> message, @Nullable Throwable cause) {
        try {
            sink.broken(message, cause);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    void cancelByPool() {
        try {
            sink.cancelByPool();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    /** The name of this call in messages, to be made later: holds on to nothing else of it. */
    public Supplier<String> description() {
        long id = this.id;
        String label = function.label();
        int items = itemCount;
        return () -> describe(id, label, items);
    }

    private void report(Throwable failure) {
        Log.of(Call.class).error("the end of a call could not be told to all: {}", describe(), failure);
    }

    String describe() {
        return describe(id, function.label(), itemCount);
    }

    private static String describe(long id, String label, int itemCount) {
        return (id == 0 ? "call" : "call=" + id) + " (" + label + (itemCount > 1 ? ", chunk of " + itemCount : "")
                + ")";
    }
}
