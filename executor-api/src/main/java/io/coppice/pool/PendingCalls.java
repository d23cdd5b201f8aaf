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
     * Takes the next call, or as many as can be joined, which start now; null if there is none. All memory that this needs
     * is there before the first one is taken: what is in no place would be lost.
     *
     * @param workers among which what waits is to be shared
     */
    @Nullable
    Batch startNext(int workers) {
        for (Call first = calls.peek(); first != null; first = calls.peek()) {
            Batch batch = new Batch(first, first.isJoinable() ? mostJoined(first, workers) : 1);
            calls.remove();
            if (first.start()) {
                join(batch, first);
                return batch;
            }
            dropped.accept(first);
        }
        return null;
    }

    /**
     * What the time measured so far allows, but no more than half of this worker's share of what is left: the nearer the
     * end, the smaller the batches, so that all workers end at about the same time.
     */
    private int mostJoined(Call first, int workers) {
        return Math.min(first.function.batchSize(), calls.size() / (2 * workers));
    }

    private void join(Batch batch, Call first) {
        long bytes = first.argumentBytes();
        while (batch.hasRoom()) {
            Call next = calls.peek();
            if (next == null || next.function != first.function || !next.isJoinable()) return;
            bytes += next.argumentBytes();
            if (bytes > JOINED_BYTES) return;
            calls.remove();
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
