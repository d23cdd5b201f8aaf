package io.coppice.pool;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepted calls that no worker has, in the order they were taken in. A cancelled call stays where it is until its turn
 * comes, and is dropped then. Dispatcher thread only.
 */
final class PendingCalls {
    /** Calls are joined up to so many bytes of arguments. */
    private static final int JOINED_BYTES = 1 << 20;

    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private final Consumer<Call> dropped;
    private long lastId;

    /** @param dropped told of every cancelled call that is dropped */
    PendingCalls(Consumer<Call> dropped) {
        this.dropped = dropped;
    }

    void takeIn(Call call) {
        call.accepted(++lastId);
        calls.add(call);
    }

    /**
     * Takes the next call, or as many as can be joined, which start now; null if there is none.
     *
     * @param workers among which what waits is to be shared
     */
    @Nullable
    Batch startNext(int workers) {
        Call first = startCall();
        if (first == null) return null;
        Batch batch = new Batch(first);
        if (first.isJoinable()) join(batch, first, workers);
        return batch;
    }

    private @Nullable Call startCall() {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            if (call.start()) return call;
            dropped.accept(call);
        }
        return null;
    }

    /**
     * Adds what the time measured so far allows, but no more than half of this worker's share of what is left: the nearer
     * the end, the smaller the batches, so that all workers end at about the same time.
     */
    private void join(Batch batch, Call first, int workers) {
        PoolFunction function = first.function;
        int most = Math.min(function.batchSize(), (calls.size() + 1) / (2 * workers));
        int bytes = 0;
        while (batch.itemCount() < most && bytes < JOINED_BYTES) {
            Call next = calls.peek();
            if (next == null || next.function != function || !next.isJoinable()) return;
            calls.remove();
            bytes += next.argumentBytes();
            if (next.start()) batch.join(next);
            else dropped.accept(next);
        }
    }

    /** Whether a call waits; drops the cancelled ones before it. */
    boolean isEmpty() {
        for (Call call = calls.peek(); call != null; call = calls.peek()) {
            if (!call.isCancelled()) return false;
            calls.remove();
            dropped.accept(call);
        }
        return true;
    }

    /** As many as wait at most: cancelled ones count until their turn. */
    int size() {
        return calls.size();
    }

    /** Takes all. */
    void drain(Consumer<Call> each) {
        for (Call call = calls.poll(); call != null; call = calls.poll()) each.accept(call);
    }
}
