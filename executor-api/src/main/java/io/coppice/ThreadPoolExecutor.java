package io.coppice;

import io.coppice.thread.OnDemandThreads;
import io.coppice.thread.PoolThread;
import io.coppice.wire.payload.Invocable;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls in threads of this JVM: Python's {@code ThreadPoolExecutor}, on the JDK's pool. The same futures and functions
 * as {@link ProcessPoolExecutor}, without copying; takes any {@code Callable} and {@code Runnable}.
 *
 * <p>Threads start when there are calls and no thread is idle. They are daemons: a pending call keeps the JVM alive, an
 * idle executor does not (unlike the JDK's). An executor that is garbage-collected without a shutdown runs what was
 * submitted, then ends its threads.
 *
 * <p>A call that waits for another call, without a timeout, where only threads that wait themselves could ever end this
 * wait, gets a {@link DeadlockException} instead. Waits by other means than the futures, {@link Futures} and {@link Results}
 * of Coppice (a {@code CompletableFuture}, a latch, the end of an executor) are not seen.
 */
public final class ThreadPoolExecutor extends AbstractExecutor {
    private static final @Nullable Object[] NO_ARGUMENTS = new Object[0];
    private static final AtomicInteger LAST_POOL = new AtomicInteger();

    private final OnDemandThreads threads;
    private final ThreadCalls calls;

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
        threads = new OnDemandThreads(this, builder.maxWorkers, prefix);
        calls = new ThreadCalls(prefix, builder.maxWorkers, builder.initializer);
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

    @Override
    <R extends @Nullable Object> Future<R> start(Invocable invocable, Object function, @Nullable Object... arguments) {
        return startCall(invocable, function, arguments);
    }

    @Override
    <T extends @Nullable Object> Future<T> startReturning(Runnable task, T result) {
        Callable<T> returning = () -> {
            task.run();
            return result;
        };
        return startCall(new Invocables.OfCallable(returning), task, NO_ARGUMENTS);
    }

    @Override
    Future<?> startCommand(Runnable command) {
        return startCall(new ThreadCall.Command(command), command, NO_ARGUMENTS);
    }

    private <R extends @Nullable Object> ThreadCall<R> startCall(
            Invocable invocable, Object function, @Nullable Object[] arguments) {
        calls.checkNotBroken();
        ThreadCall<R> call = new ThreadCall<>(calls, invocable, function, arguments);
        boolean taken = false;
        try {
            calls.begun();
            threads.execute(call);
            taken = true;
        } finally {
            if (!taken) call.uncount(); // after shutdown; or no thread could be started
            // Else the threads might find, between the two lines above, that there is no executor any more.
            Reference.reachabilityFence(this);
        }
        return call;
    }

    @Override
    <R extends @Nullable Object> Results<R> startMap(
            Invocable invocable, Object function, Rows rows, MapOptions options) {
        threads.checkOpen();
        return new MapResults<>(new RowCalls<>(this, invocable, function, rows), MapSettings.of(options));
    }

    /** One call for each row. Keeps the executor alive as long as there may be a next one: no input is cut off. */
    private static final class RowCalls<R extends @Nullable Object> implements MapResults.Source<R> {
        private final ThreadPoolExecutor executor;
        private final Invocable invocable;
        private final Object function;
        private final Rows rows;
        private long items;

        RowCalls(ThreadPoolExecutor executor, Invocable invocable, Object function, Rows rows) {
            this.executor = executor;
            this.invocable = invocable;
            this.function = function;
            this.rows = rows;
        }

        @Override
        public boolean submit(Deque<MapResults.Segment<R>> segments, int atMost) {
            for (int i = 0; i < atMost; i++) {
                if (!rows.hasNext()) return false; // also after a shutdown: nothing is refused
                executor.threads.checkOpen(); // before an item is taken that would be lost
                @Nullable Object[] row = new Object[rows.arity()];
                rows.next(row);
                items++;
                segments.add(executor.startCall(invocable, function, row));
            }
            return true;
        }

        @Override
        public boolean countsChunks() {
            return true;
        }

        @Override
        public long items() {
            return items;
        }

        @Override
        public void end() {}
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
        if (wait && !PoolThread.isCurrentOneOf(threads)) awaitEnd();
    }

    private void cancelWaiting() {
        for (Runnable waiting = threads.getQueue().poll();
                waiting != null;
                waiting = threads.getQueue().poll()) {
            ThreadCall<?> call = (ThreadCall<?>) waiting;
            call.cancel();
            call.uncount();
        }
        threads.purge(); // looks whether that was the last: a thread may have seen a call there, and wait for it
    }

    /**
     * Takes no more calls, interrupts those that run, and cancels those that have not started. Does not wait.
     *
     * @return what has not started, in the order of submission: tasks of their own, which run a call's function elsewhere,
     *     while the call's future stays cancelled; and commands given to {@code execute} as they were given
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> neverStarted = new ArrayList<>();
        for (Runnable waiting : threads.shutdownNow()) {
            Runnable givenBack = ((ThreadCall<?>) waiting).giveBack();
            if (givenBack != null) neverStarted.add(givenBack);
        }
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

    @Override
    public String toString() {
        String state = isTerminated() ? "terminated" : isShutdown() ? "shutting down" : "running";
        return "ThreadPoolExecutor[" + calls.name() + ", " + state + ", maxWorkers=" + calls.maxThreads() + "]";
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
