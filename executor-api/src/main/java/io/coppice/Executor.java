package io.coppice;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls somewhere else and gives their futures: Python's {@code Executor}, which is an {@link ExecutorService} too.
 * {@link ProcessPoolExecutor} runs them in child JVMs, {@link ThreadPoolExecutor} in threads.
 *
 * <p>Thread-safe. {@code submit} and {@code map} do not wait for a call to start. After a shutdown they throw {@link
 * RejectedExecutionException}, on a broken executor {@link BrokenExecutor}, and on a null function {@link
 * NullPointerException}. Calls that were accepted before a shutdown still run, unless it cancels them.
 */
public interface Executor extends ExecutorService, AutoCloseable {
    /**
     * Runs the task.
     *
     * @param task what to run
     * @param <T> its result
     * @return the task's future
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the call goes to another JVM and something in it cannot be sent there
     */
    <T extends @Nullable Object> Future<T> submit(Task<T> task);

    /**
     * Runs the function on this argument.
     *
     * @param function what to run
     * @param a its argument
     * @param <A> the argument
     * @param <R> the result
     * @return the call's future
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the call goes to another JVM and something in it cannot be sent there
     */
    <A extends @Nullable Object, R extends @Nullable Object> Future<R> submit(
            Fn1<? super A, ? extends R> function, A a);

    /**
     * Runs the function on these arguments.
     *
     * @param function what to run
     * @param a its first argument
     * @param b its second argument
     * @param <A> the first argument
     * @param <B> the second argument
     * @param <R> the result
     * @return the call's future
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the call goes to another JVM and something in it cannot be sent there
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Future<R> submit(
            Fn2<? super A, ? super B, ? extends R> function, A a, B b);

    /**
     * Runs the function on these arguments.
     *
     * @param function what to run
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @param <A> the first argument
     * @param <B> the second argument
     * @param <C> the third argument
     * @param <R> the result
     * @return the call's future
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the call goes to another JVM and something in it cannot be sent there
     */
    <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object>
            Future<R> submit(Fn3<? super A, ? super B, ? super C, ? extends R> function, A a, B b, C c);

    /**
     * Runs the action; its future's result is null.
     *
     * @param action what to run
     * @return the action's future
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the call goes to another JVM and something in it cannot be sent there
     */
    Future<?> submit(Action action);

    /** {@inheritDoc} A process pool takes serializable callables only; see {@link Task}. */
    @Override
    <T extends @Nullable Object> Future<T> submit(Callable<T> task);

    /** {@inheritDoc} A process pool takes serializable runnables only; see {@link Action}. */
    @Override
    Future<?> submit(Runnable task);

    /** {@inheritDoc} A process pool takes serializable runnables only; the result stays in this JVM. */
    @Override
    <T extends @Nullable Object> Future<T> submit(Runnable task, T result);

    /**
     * Runs the function on every item: {@code map(function, items, MapOptions.defaults())}.
     *
     * @param function what to run
     * @param items its arguments, all taken before this returns
     * @param <A> an item
     * @param <R> a result
     * @return the results, in the order of the items
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     */
    default <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            Fn1<? super A, ? extends R> function, Iterable<? extends A> items) {
        return map(function, items, MapOptions.defaults());
    }

    /**
     * Runs the function on every item. An item that fails, or cannot be sent, costs its own result and no other's.
     *
     * @param function what to run
     * @param items its arguments; taken in this thread, all before this returns unless a buffer size is set
     * @param options chunk size, timeout, buffer size
     * @param <A> an item
     * @param <R> a result
     * @return the results, in the order of the items
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the function goes to another JVM and cannot be sent there
     */
    <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            Fn1<? super A, ? extends R> function, Iterable<? extends A> items, MapOptions options);

    /**
     * As the map over one input; stops with the shorter input.
     *
     * @param function what to run
     * @param as its first arguments
     * @param bs its second arguments
     * @param <A> a first argument
     * @param <B> a second argument
     * @param <R> a result
     * @return the results, in the order of the items
     */
    default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            Fn2<? super A, ? super B, ? extends R> function, Iterable<? extends A> as, Iterable<? extends B> bs) {
        return map(function, as, bs, MapOptions.defaults());
    }

    /**
     * As the map over one input; stops with the shorter input.
     *
     * @param function what to run
     * @param as its first arguments
     * @param bs its second arguments
     * @param options chunk size, timeout, buffer size
     * @param <A> a first argument
     * @param <B> a second argument
     * @param <R> a result
     * @return the results, in the order of the items
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            Fn2<? super A, ? super B, ? extends R> function,
            Iterable<? extends A> as,
            Iterable<? extends B> bs,
            MapOptions options);

    /**
     * As the map over one input; stops with the shortest input.
     *
     * @param function what to run
     * @param as its first arguments
     * @param bs its second arguments
     * @param cs its third arguments
     * @param <A> a first argument
     * @param <B> a second argument
     * @param <C> a third argument
     * @param <R> a result
     * @return the results, in the order of the items
     */
    default <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Results<R> map(
                    Fn3<? super A, ? super B, ? super C, ? extends R> function,
                    Iterable<? extends A> as,
                    Iterable<? extends B> bs,
                    Iterable<? extends C> cs) {
        return map(function, as, bs, cs, MapOptions.defaults());
    }

    /**
     * As the map over one input; stops with the shortest input.
     *
     * @param function what to run
     * @param as its first arguments
     * @param bs its second arguments
     * @param cs its third arguments
     * @param options chunk size, timeout, buffer size
     * @param <A> a first argument
     * @param <B> a second argument
     * @param <C> a third argument
     * @param <R> a result
     * @return the results, in the order of the items
     */
    <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object>
            Results<R> map(
                    Fn3<? super A, ? super B, ? super C, ? extends R> function,
                    Iterable<? extends A> as,
                    Iterable<? extends B> bs,
                    Iterable<? extends C> cs,
                    MapOptions options);

    // ---- ExecutorService ----

    /**
     * Runs the command; nobody sees what becomes of it. What it throws is logged, and costs no thread and no worker. (The
     * JDK's pool gives it to the thread's {@code UncaughtExceptionHandler}; in a process pool there is no such thread.)
     *
     * @param command what to run; a process pool takes serializable ones only, see {@link Action}
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if it goes to another JVM and cannot be sent there
     */
    @Override
    void execute(Runnable command);

    /**
     * As {@link #execute(Runnable)}, for a lambda that can go to another JVM.
     *
     * @param action what to run
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     * @throws IllegalArgumentException if the call goes to another JVM and something in it cannot be sent there
     */
    default void execute(Action action) {
        execute((Runnable) action);
    }

    /**
     * Runs all of the tasks and waits until each has ended. If this thread is interrupted meanwhile, those that have not
     * ended are given up.
     *
     * <p>A call that is given up ends at once, as cancelled, even if it runs; a thread pool interrupts the
     * thread that it runs on, as the JDK's does, and a process pool the worker's, which is not killed: it is busy until
     * the call ends. What it still gives or throws is dropped.
     *
     * @param tasks what to run; a process pool takes serializable ones only, see {@link Task}
     * @param <T> their result
     * @return their futures, all done, in the same order
     * @throws InterruptedException if this thread is interrupted while waiting
     * @throws NullPointerException if a task is null; then none is run
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     */
    @Override
    <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException;

    /**
     * As {@link #invokeAll(Collection)}; gives up what has not ended when the time is over, and does not submit what it
     * has not come to by then.
     */
    @Override
    <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Runs all of the tasks until one has returned, and gives up the others, as {@link #invokeAll(Collection)} does. All
     * are submitted at once.
     *
     * @param tasks what to run; a process pool takes serializable ones only, see {@link Task}
     * @param <T> their result
     * @return what the first one to succeed has returned
     * @throws InterruptedException if this thread is interrupted while waiting
     * @throws ExecutionException if none succeeds, caused by what one of them has thrown
     * @throws IllegalArgumentException if there is no task
     * @throws NullPointerException if a task is null; then none is run
     * @throws RejectedExecutionException after shutdown; {@link BrokenExecutor} if the executor is broken
     */
    @Override
    <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException;

    /**
     * As {@link #invokeAny(Collection)}, no longer than this.
     *
     * @throws TimeoutException if none has succeeded by then
     */
    @Override
    <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException;

    // ---- end ----

    /** Takes no more calls; those accepted still run. Does not wait: the JDK's meaning. May be called again. */
    @Override
    void shutdown();

    /**
     * Takes no more calls; those accepted still run. Python's {@code shutdown(wait)}.
     *
     * @param wait whether to return only when the last call has ended and every thread and child JVM that ran calls is
     *     gone. If this thread is interrupted meanwhile it goes on waiting, and returns with the interrupt flag set. A
     *     callback or a call that runs on a thread of this executor does not wait for itself
     */
    default void shutdown(boolean wait) {
        shutdown(wait, false);
    }

    /**
     * Takes no more calls. Python's {@code shutdown(wait, cancel_futures=...)}.
     *
     * @param wait as {@link #shutdown(boolean)}
     * @param cancelFutures whether to cancel the calls that were not handed to a worker yet
     */
    void shutdown(boolean wait, boolean cancelFutures);

    /** {@code shutdown(true)}: takes no more calls, waits for those accepted. */
    @Override
    default void close() {
        shutdown(true);
    }
}
