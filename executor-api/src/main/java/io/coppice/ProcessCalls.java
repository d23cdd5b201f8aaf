package io.coppice;

import io.coppice.pool.Dispatcher;
import io.coppice.pool.PoolBroken;
import io.coppice.pool.PoolFunction;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.Invocable;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of calls into a process pool: encodes and submits them. A pool has one, and each of its views. Thread-safe.
 *
 * @param codecs for what is sent; the home's are for answers
 * @param pool not to be collected while calls are submitted
 */
record ProcessCalls(
        ProcessPoolExecutor pool,
        Dispatcher dispatcher,
        CallEncoder encoder,
        CodecPool codecs,
        SubmittedCall.Home home) {
    private static final Object[] NO_ARGUMENTS = {};

    <R extends @Nullable Object> Future<R> start(Invocable invocable, Object function, @Nullable Object... arguments) {
        prepare();
        return start(new SubmittedCall<>(function.getClass(), home), invocable, function, arguments);
    }

    <T extends @Nullable Object> Future<T> startReturning(Runnable task, T result) {
        prepare();
        SubmittedCall<T> future = SubmittedCall.returning(result, task.getClass(), home);
        return start(future, new Invocables.OfRunnable(task), task, NO_ARGUMENTS);
    }

    /** Before all else: a worker that is not there yet comes up while the call is made. */
    private void prepare() {
        try {
            dispatcher.prepare();
        } catch (PoolBroken broken) {
            throw ProcessPoolExecutor.brokenPool(broken);
        }
    }

    private <R extends @Nullable Object> Future<R> start(
            SubmittedCall<R> future, Invocable invocable, Object function, @Nullable Object[] arguments) {
        try {
            PoolFunction encoded = encoder.functionForOneCall(invocable, function, future);
            dispatcher.submit(encoder.call(encoded, arguments, future, future));
            return future;
        } catch (PoolBroken broken) {
            throw ProcessPoolExecutor.brokenPool(broken);
        } finally {
            Reference.reachabilityFence(pool); // one that is being used is not abandoned
        }
    }

    <R extends @Nullable Object> Results<R> startMap(
            Invocable invocable, Object function, Rows rows, MapOptions options) {
        try {
            if (rows.hasNext()) dispatcher.prepare();
            MapSettings settings = MapSettings.of(options);
            List<Object> code = new ArrayList<>(List.of(function.getClass()));
            PoolFunction shared = encoder.functionForManyCalls(invocable, function, code::addAll);
            MapSubmitter.Means means =
                    new MapSubmitter.Means(pool, dispatcher, encoder, codecs, home.codecs(), code, shared);
            return new MapResults<>(
                    settings.isChunked()
                            ? new ChunkSubmitter<>(means, rows, settings.chunk())
                            : new ItemSubmitter<>(means, rows),
                    settings);
        } catch (PoolBroken broken) {
            throw ProcessPoolExecutor.brokenPool(broken);
        } finally {
            Reference.reachabilityFence(pool);
        }
    }
}
