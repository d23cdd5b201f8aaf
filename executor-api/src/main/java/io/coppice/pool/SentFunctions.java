package io.coppice.pool;

import io.coppice.wire.Frame;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The functions that one worker knows, and what they ask of it. Dispatcher thread only. */
final class SentFunctions {
    private final Consumer<Frame> connection;
    private final Set<PoolFunction> known = new HashSet<>();
    private boolean recordsOutcomes; // keeps those it has not sent where they outlive it

    SentFunctions(Consumer<Frame> connection) {
        this.connection = connection;
    }

    /** A call on it comes next. */
    void sent(PoolFunction function) {
        if (function.limit != null) recordsOutcomes(); // the worker may be killed in it, and the pool goes on
        if (known.add(function)) connection.accept(new Frame.Function(function.id, function.encoded));
    }

    /** From here on the worker's death costs no other call than the one it is in. */
    void recordsOutcomes() {
        if (recordsOutcomes) return;
        recordsOutcomes = true;
        connection.accept(new Frame.Record());
    }

    /** No call names it any more. @param listens whether that can be said */
    void forget(PoolFunction function, boolean listens) {
        if (known.remove(function) && listens) connection.accept(new Frame.Forget(function.id));
    }

    /** No call names the functions of this loader any more: whoever could has held it. */
    void unload(int loader, boolean listens) {
        for (PoolFunction function : Set.copyOf(known)) if (function.isOf(loader)) forget(function, listens);
    }
}
