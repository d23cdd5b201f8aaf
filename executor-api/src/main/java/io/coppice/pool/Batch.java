package io.coppice.pool;

import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What a worker is handed at one time, in one frame: a call, calls on one function that followed each other, a portion of
 * a series, a chunk. Its items have consecutive turns. Dispatcher thread only.
 */
abstract sealed class Batch permits CallBatch, SeriesBatch {
    final PoolFunction function;
    private long firstTurn;
    private double nanosEach;
    private int answered;

    Batch(PoolFunction function) {
        this.function = function;
    }

    /** Items on the wire: turns. */
    abstract int itemCount();

    /** How many calls that is: all items of a chunk are one. */
    int callCount() {
        return itemCount();
    }

    /** Whether its items go together: once the first has begun, none is given back. */
    abstract boolean isOneCall();

    /** Bytes of the arguments that are kept in case that it is given back. */
    abstract int argumentBytes();

    /** Lets go of the arguments: it cannot be given back any more. */
    abstract void dropArguments();

    /** It is handed over. */
    final Frame handOver(long firstTurn, double nanosEach) {
        this.firstTurn = firstTurn;
        this.nanosEach = nanosEach;
        return isOneCall()
                ? new Frame.Call(firstTurn, function.id, arguments())
                : new Frame.Calls(firstTurn, function.id, arguments());
    }

    abstract Items arguments();

    final long firstTurn() {
        return firstTurn;
    }

    final long lastTurn() {
        return firstTurn + itemCount() - 1;
    }

    /** The turn that is answered next. */
    final long nextTurn() {
        return firstTurn + answered;
    }

    /** What was expected when it was handed over. */
    final double nanosEach() {
        return nanosEach;
    }

    final int unanswered() {
        return itemCount() - answered;
    }

    final boolean isEnded() {
        return answered == itemCount();
    }

    final void answer(Items outcomes, CallSink.Origin origin) {
        int from = answered;
        answered += outcomes.count();
        answer(from, outcomes, origin);
    }

    abstract void answer(int firstItem, Items outcomes, CallSink.Origin origin);

    /** Cuts off the items from this one on, which the worker has given back, and gives each call or rest of a series. */
    abstract void giveBack(int fromItem, Consumer<Work> inOrder);

    // ---- when the worker has died ----

    /** The next item, which had begun, has no outcome. */
    final void lose(Loss loss) {
        int item = answered++;
        lose(item, loss);
    }

    abstract void lose(int item, Loss loss);

    /** A worker has died of the next item: the how manieth is this? */
    abstract int died();

    /** The next item, of which a worker has died, waits again; it is this batch's no more. */
    final Work again() {
        return again(answered++);
    }

    abstract Work again(int item);

    /** Whether the arguments are still there, which what is given back needs. */
    abstract boolean hasArguments();

    // ---- as others see it ----

    /** The calls without an end. */
    abstract void forEachUnfinished(Consumer<Work> action);

    /** The turn of this call; 0 if it is not here. */
    abstract long turnOf(CallSink sink);

    /** Its name in messages: which of its calls the worker was running is not known. */
    abstract Supplier<String> description();

    /** The name of the item that is answered next. */
    final Supplier<String> descriptionOfNext() {
        return descriptionOf(answered);
    }

    abstract Supplier<String> descriptionOf(int item);

    final int answered() {
        return answered;
    }

    final String describe() {
        return description().get();
    }

    /** The name of each item; for any thread. */
    abstract IntFunction<Supplier<String>> names();

    /** As the worker had begun this turn last. */
    final String describe(long begun) {
        boolean isHere = nextTurn() <= begun && begun <= lastTurn();
        return isHere ? descriptionOf((int) (begun - firstTurn)).get() : describe();
    }
}
