package io.coppice.pool;

import io.coppice.wire.Items;

/** One call, or a chunk of calls on one function: arguments encoded by the caller, and where the outcomes go. */
public final class Call {
    final PoolFunction function;
    final CallSink sink;
    private final int itemCount;

    // Dispatcher thread only.
    private Items arguments;
    private long id;
    private int answered;

    public Call(PoolFunction function, Items arguments, CallSink sink) {
        this.function = function;
        this.arguments = arguments;
        this.itemCount = arguments.count();
        this.sink = sink;
    }

    /** In the order the dispatcher takes calls in, from 1: its name in messages and on the wire. */
    long id() {
        return id;
    }

    void accepted(long id) {
        this.id = id;
    }

    /** The arguments, once: afterwards the call holds them no more. */
    Items takeArguments() {
        Items taken = arguments;
        arguments = Items.NONE;
        return taken;
    }

    /** Whether an answer for these items is the next one due. */
    boolean expects(int firstItem, int count) {
        return firstItem == answered && count <= itemCount - answered;
    }

    void answered(int count) {
        answered += count;
    }

    boolean isEnded() {
        return answered == itemCount;
    }

    int itemCount() {
        return itemCount;
    }

    String describe() {
        return "call=" + id + " (" + function.label() + (itemCount > 1 ? ", chunk of " + itemCount : "") + ")";
    }
}
