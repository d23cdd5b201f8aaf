package io.coppice.pool;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepted calls that no worker has, in the order they were taken in. A cancelled call stays where it is until its turn
 * comes, and is dropped then. Dispatcher thread only.
 */
final class PendingCalls {
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

    /** Takes the next call, which starts now; null if there is none. */
    @Nullable
    Call startNext() {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            if (call.start()) return call;
            dropped.accept(call);
        }
        return null;
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
