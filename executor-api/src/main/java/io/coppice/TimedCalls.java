package io.coppice;

import io.coppice.wire.payload.Invocable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A view of a process pool whose calls have a time limit. */
final class TimedCalls extends AbstractExecutor {
    private final ProcessPoolExecutor pool;
    private final ProcessCalls calls;

    TimedCalls(ProcessPoolExecutor pool, ProcessCalls calls) {
        this.pool = pool;
        this.calls = calls;
    }

    @Override
    <R extends @Nullable Object> Future<R> start(Invocable invocable, Object function, @Nullable Object... arguments) {
        return calls.start(invocable, function, arguments);
    }

    @Override
    <T extends @Nullable Object> Future<T> startReturning(Runnable task, T result) {
        return calls.startReturning(task, result);
    }

    @Override
    <R extends @Nullable Object> Results<R> startMap(
            Invocable invocable, Object function, Rows rows, MapOptions options) {
        return calls.startMap(invocable, function, rows, options);
    }

    @Override
    public void shutdown() {
        pool.shutdown();
    }

    @Override
    public void shutdown(boolean wait, boolean cancelFutures) {
        pool.shutdown(wait, cancelFutures);
    }

    @Override
    public List<Runnable> shutdownNow() {
        return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return pool.awaitTermination(timeout, unit);
    }

    @Override
    public String toString() {
        return calls.encoder() + " of " + pool;
    }
}
