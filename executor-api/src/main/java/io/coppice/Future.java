package io.coppice;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that may not have ended yet: Python's {@code Future}, which is a {@link
 * java.util.concurrent.Future} too. A future is pending until its call is handed to a worker, then running, and ends
 * exactly once: with a result, with an exception, or cancelled.
 *
 * <p>Thread-safe. Methods that wait say so; a waiting thread that is interrupted stops waiting, and the call goes on.
 *
 * @param <T> the result
 */
public interface Future<T extends @Nullable Object> extends java.util.concurrent.Future<T> {
    /**
     * Waits for the call to end and gives its result, or throws the call's own exception, as it was thrown.
     *
     * @return the result
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if this thread was interrupted while waiting
     * @throws BrokenExecutor if the pool broke before the call could end, or the worker died that ran it ({@link
     *     OnWorkerDeath}; a pool that goes on is not {@link Executor#isShutdown() shut down})
     * @throws DeadlockException if a call of a thread pool would wait for ever, because only threads that wait
     *     themselves could end this wait
     * @throws Exception what the call threw; an {@link Error} is thrown as itself too. Where it was thrown in a worker,
     *     its chain of causes ends with a {@link RemoteTraceback}; where that chain is closed (made with a cause of
     *     null) it is among the suppressed, and an error made by the JVM itself (StackOverflowError) goes without
     */
    T result() throws Exception;

    /**
     * As {@link #result()}, but waits no longer than this.
     *
     * @param timeout zero or less: does not wait
     * @return the result
     * @throws TimeoutException if the call has not ended in time; it goes on. Or as {@link #result()}, if the call's own
     *     limit has ended it ({@link ProcessPoolExecutor#withTimeout(Duration)}): then {@link #isDone()}
     * @throws Exception as {@link #result()}
     */
    T result(Duration timeout) throws Exception;

    /**
     * Waits for the call to end and gives what it threw, or null if it returned.
     *
     * @return the call's exception or null
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if this thread was interrupted while waiting
     * @throws DeadlockException as {@link #result()}
     */
    @Nullable
    Throwable exception() throws InterruptedException;

    /**
     * As {@link #exception()}, but waits no longer than this.
     *
     * @param timeout zero or less: does not wait
     * @return the call's exception or null
     * @throws TimeoutException if the call has not ended in time
     * @throws CancellationException if the future was cancelled
     * @throws InterruptedException if this thread was interrupted while waiting
     */
    @Nullable
    Throwable exception(Duration timeout) throws InterruptedException, TimeoutException;

    /**
     * Cancels the call if it has not been handed to a worker. Does not wait. Whoever waits for the future wakes up, and
     * its callbacks run, in this thread.
     *
     * @return false if the call is running or has ended; true if it is cancelled now or was before
     */
    default boolean cancel() {
        return cancel(false);
    }

    /**
     * As {@link #cancel()}; with {@code true}, a call that runs in a process pool is cancelled too: the future is done at
     * once, the call is interrupted in its worker, and if it has not ended a second later the worker is killed and
     * replaced, whatever {@link OnWorkerDeath} says. No other call is hit. An item of a map has no future and cannot be
     * cancelled so. In a thread pool {@code true} makes no difference, as nothing could end a call that does not heed it.
     *
     * @param mayInterruptIfRunning whether a running call is to be stopped
     * @return false if the call has ended, or is running and is not to be stopped; true if it is cancelled now or was
     *     before
     */
    @Override
    boolean cancel(boolean mayInterruptIfRunning);

    /**
     * Whether the call has been handed to a worker and has not ended. A process pool hands tiny calls over about a
     * millisecond ahead; what a worker has not begun because a call before it takes long is taken back, and pending
     * again.
     *
     * @return true while a worker has it
     */
    boolean isRunning();

    /**
     * Calls this back when the future has ended, however it did: at once, in this thread, if it already has; else on a
     * thread of the process pool's own, or on the thread that ran the call in a thread pool; after a cancel, on the
     * thread that cancelled. Those added before the end run in the order they were added; one added after it runs at
     * once, perhaps before those. Each runs once. What one throws is logged, and the next still runs. A callback that
     * blocks keeps later callbacks of the same process pool waiting, and in a thread pool holds up its thread.
     *
     * @param callback gets this future
     */
    void addDoneCallback(Consumer<? super Future<T>> callback);

    /**
     * This future as a {@link CompletableFuture}: it ends as this one does, and cancelling it cancels this one.
     *
     * @return a new one at each call
     */
    CompletableFuture<T> toCompletableFuture();

    /**
     * All that is known at one moment. Does not wait.
     *
     * @return facts that belong together
     */
    Snapshot<T> snapshot();

    /**
     * What {@link #snapshot} gives.
     *
     * @param done whether the future has ended
     * @param cancelled whether it was cancelled
     * @param result the result, if it ended with one; else null
     * @param exception what the call threw, if it did; else null
     * @param <T> the result
     */
    record Snapshot<T extends @Nullable Object>(
            boolean done,
            boolean cancelled,
            @Nullable T result,
            @Nullable Throwable exception) {}
}
