package io.coppice;

import io.coppice.lifetime.KeepAlive;
import io.coppice.lifetime.Log;
import io.coppice.thread.OnDemandThreads;
import io.coppice.thread.PoolThread;
import io.coppice.wire.payload.Invocable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls in threads of this JVM: Python's {@code ThreadPoolExecutor}, on the JDK's pool. The same futures and functions
 * as {@link ProcessPoolExecutor}, without copying; takes any {@code Callable} and {@code Runnable}.
 *
 * <p>Threads start when there are calls and no thread is idle. They are daemons: a pending call keeps the JVM alive, an
 * idle executor does not (unlike the JDK's).
 */
public final class ThreadPoolExecutor extends AbstractExecutor {
    private static final AtomicInteger LAST_POOL = new AtomicInteger();

    private final @Nullable Action initializer;
    private final OnDemandThreads threads;
    private final KeepAlive keepAlive;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile @Nullable Throwable initializerFailure;

    /** A pool with one thread per processor of this machine. */
    public ThreadPoolExecutor() {
        this(builder());
    }

    /**
     * A pool with so many threads at most.
     *
     * @param maxWorkers at least 1
     * @throws IllegalArgumentException if it is less than 1
     */
    public ThreadPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ThreadPoolExecutor(Builder builder) {
        String prefix = builder.threadNamePrefix != null
                ? builder.threadNamePrefix
                : "ThreadPoolExecutor-" + LAST_POOL.getAndIncrement();
        initializer = builder.initializer;
        threads = new OnDemandThreads(builder.maxWorkers, prefix);
        keepAlive = new KeepAlive(prefix + "-keepalive", () -> unfinished.get() > 0);
    }

    /**
     * A pool with other than default settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- calls ----

    /** A call and its future; what the JDK's pool runs. */
    private final class ThreadCall<R extends @Nullable Object> extends Promise<R>
            implements Runnable, MapResults.Chunk<R> {
        private @Nullable Invocable invocable; // until run: nothing a call holds outlives it here
        private @Nullable Object @Nullable [] arguments;
        private boolean counted = true; // guarded by this

        ThreadCall(Invocable invocable, @Nullable Object[] arguments) {
            this.invocable = invocable;
            this.arguments = arguments;
        }

        @Override
        public void run() {
            Invocable toRun = invocable;
            @Nullable Object[] on = arguments;
            invocable = null;
            arguments = null;
            try {
                if (toRun == null || on == null || !setRunningOrNotifyCancel()) return;
                Throwable failure = initialized();
                if (failure != null) {
                    setException(broken(failure));
                    return;
                }
                Object result;
                try {
                    result = toRun.invoke(on);
                } catch (Throwable thrown) {
                    setException(thrown);
                    return;
                }
                endReturned(result);
            } finally {
                uncount();
            }
        }

        /** Counted no more, once: it has ended, or was given back. */
        private synchronized void uncount() {
            if (counted && unfinished.decrementAndGet() == 0) keepAlive.idle();
            counted = false;
        }

        // ---- as a chunk of one item ----

        @Override
        public int size() {
            return 1;
        }

        @Override
        public boolean awaitOutcomes(long nanos) throws InterruptedException {
            return await(nanos);
        }

        @Override
        public Outcome<R> take(int item) {
            try {
                return new Outcome.Success<>(result());
            } catch (Throwable failure) {
                return new Outcome.Failure<>(failure);
            }
        }

        @Override
        public void cancelChunk() {
            cancel();
        }
    }

    /** Runs the initializer if this thread has not yet; what it failed with, here or in another thread, or null. */
    private @Nullable Throwable initialized() {
        // What shutdownNow has given back may be run by a thread of the user's.
        if (!(Thread.currentThread() instanceof PoolThread thread)) return initializerFailure;
        if (thread.isInitialized() || initializer == null || initializerFailure != null) return initializerFailure;
        try {
            initializer.run();
            thread.setInitialized();
        } catch (Throwable failure) {
            initializerFailure = failure;
            try {
                Log.of(ThreadPoolExecutor.class)
                        .error("exception in initializer: thread={}", thread.getName(), failure);
            } catch (Throwable itsMessageThrows) {
                // it is told to each caller all the same
            }
        }
        return initializerFailure;
    }

    private static BrokenThreadPool broken(Throwable initializerFailure) {
        return new BrokenThreadPool(
                "a thread initializer failed, and the pool takes no more calls: make a new pool", initializerFailure);
    }

    @Override
    <R extends @Nullable Object> Future<R> start(Invocable invocable, Object function, @Nullable Object... arguments) {
        return startCall(invocable, arguments);
    }

    @Override
    <T extends @Nullable Object> Future<T> startReturning(Runnable task, T result) {
        return submit(() -> {
            task.run();
            return result;
        });
    }

    private <R extends @Nullable Object> ThreadCall<R> startCall(Invocable invocable, @Nullable Object[] arguments) {
        Throwable failure = initializerFailure;
        if (failure != null) throw broken(failure);
        ThreadCall<R> call = new ThreadCall<>(invocable, arguments);
        unfinished.incrementAndGet();
        boolean taken = false;
        try {
            keepAlive.hold();
            threads.execute(call);
            taken = true;
        } finally {
            if (!taken) call.uncount(); // after shutdown; or no thread could be started
        }
        return call;
    }

    @Override
    <R extends @Nullable Object> Results<R> startMap(
            Invocable invocable, Object function, Iterator<@Nullable Object[]> rows, MapOptions options) {
        return new MapResults<>(
                new MapResults.ChunkSource<>() {
                    @Override
                    public MapResults.@Nullable Chunk<R> submitNext() {
                        return rows.hasNext() ? startCall(invocable, rows.next()) : null;
                    }

                    @Override
                    public void end() {}
                },
                MapSettings.of(options));
    }

    // ---- end ----

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public void shutdown(boolean wait, boolean cancelFutures) {
        threads.shutdown();
        if (cancelFutures) cancelWaiting();
        if (!wait || PoolThread.isCurrentOneOf(threads)) return;
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void cancelWaiting() {
        for (Runnable waiting = threads.getQueue().poll();
                waiting != null;
                waiting = threads.getQueue().poll()) {
            ThreadCall<?> call = (ThreadCall<?>) waiting;
            call.cancel();
            call.run(); // sees that it is cancelled, and is counted
        }
    }

    /** {@inheritDoc} Calls that run are interrupted; what has not started is returned, as futures that will not end. */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> neverStarted = threads.shutdownNow();
        for (Runnable each : neverStarted) ((ThreadCall<?>) each).uncount();
        return neverStarted;
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }

    /** Settings of a pool. Not thread-safe. */
    public static final class Builder {
        private int maxWorkers = Runtime.getRuntime().availableProcessors();
        private @Nullable String threadNamePrefix;
        private @Nullable Action initializer;

        private Builder() {}

        /**
         * So many threads at most; as many as this machine has processors by default.
         *
         * @param maxWorkers at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxWorkers(int maxWorkers) {
            if (maxWorkers < 1)
                throw new IllegalArgumentException("maxWorkers must be greater than 0: maxWorkers=" + maxWorkers);
            this.maxWorkers = maxWorkers;
            return this;
        }

        /**
         * Names threads {@code prefix_0}, {@code prefix_1}, ...; {@code ThreadPoolExecutor-k_0} by default.
         *
         * @param prefix of the names
         * @return this
         */
        public Builder threadNamePrefix(String prefix) {
            this.threadNamePrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /**
         * Run once in every thread before its first call. If it throws, the pool is broken, with that as the cause.
         *
         * @param initializer what to run
         * @return this
         */
        public Builder initializer(Action initializer) {
            this.initializer = Objects.requireNonNull(initializer, "initializer");
            return this;
        }

        /**
         * Makes the pool. Starts nothing yet.
         *
         * @return a pool
         */
        public ThreadPoolExecutor build() {
            return new ThreadPoolExecutor(this);
        }
    }
}
