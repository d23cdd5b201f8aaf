package io.coppice.pool;

import java.util.List;
import java.util.function.Supplier;

/** Has the workers forget a function when no call can name it any more. Dispatcher thread only. */
final class Functions {
    private final Supplier<List<Worker>> workers;

    Functions(Supplier<List<Worker>> workers) {
        this.workers = workers;
    }

    /** What was counted as a use of it has ended. */
    void unused(PoolFunction function) {
        function.unused();
        forgetIfFinished(function);
    }

    /** No further call will name this function. */
    void close(PoolFunction function) {
        function.noMoreCalls();
        forgetIfFinished(function);
    }

    private void forgetIfFinished(PoolFunction function) {
        if (!function.isFinished()) return;
        for (Worker worker : workers.get()) worker.forget(function);
    }
}
