package io.coppice;

import io.coppice.lifetime.Log;
import io.coppice.wire.payload.Invocable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What both executors have in common: every way to submit ends in {@link #start}, every map in {@link #startMap}. */
abstract sealed class AbstractExecutor implements Executor permits ProcessPoolExecutor, TimedCalls, ThreadPoolExecutor {
    /** Starts one call. {@code function} is what the user passed, which {@code invocable} wraps. */
    abstract <R extends @Nullable Object> Future<R> start(
            Invocable invocable, Object function, @Nullable Object... arguments);

    /** Starts a map; the rows are the arguments of its calls. */
    abstract <R extends @Nullable Object> Results<R> startMap(
            Invocable invocable, Object function, Rows rows, MapOptions options);

    /** Starts a call of this runnable whose future gives this very object. */
    abstract <T extends @Nullable Object> Future<T> startReturning(Runnable task, T result);

    /** Waits for the end after a shutdown; an interrupt is kept for afterwards. */
    final void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                if (awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    // ---- submit ----

    @Override
    public <T extends @Nullable Object> Future<T> submit(Task<T> task) {
        return submit((Callable<T>) task);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return start(new Invocables.OfCallable(Objects.requireNonNull(task, "task")), task);
    }

    @Override
    public Future<?> submit(Action action) {
        return submit((Runnable) action);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return start(new Invocables.OfRunnable(Objects.requireNonNull(task, "task")), task);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return startReturning(Objects.requireNonNull(task, "task"), result);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Future<R> submit(
            Fn1<? super A, ? extends R> function, A a) {
        return start(new Invocables.OfFn1(Objects.requireNonNull(function, "function")), function, a);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Future<R> submit(
            Fn2<? super A, ? super B, ? extends R> function, A a, B b) {
        return start(new Invocables.OfFn2(Objects.requireNonNull(function, "function")), function, a, b);
    }

    @Override
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Future<R> submit(Fn3<? super A, ? super B, ? super C, ? extends R> function, A a, B b, C c) {
        return start(new Invocables.OfFn3(Objects.requireNonNull(function, "function")), function, a, b, c);
    }

    @Override
    public void execute(Runnable command) {
        startCommand(Objects.requireNonNull(command, "command")).addDoneCallback(AbstractExecutor::logFailure);
    }

    /** Starts a call whose future nobody will see. */
    Future<?> startCommand(Runnable command) {
        return submit(command);
    }

    private static void logFailure(Future<?> done) {
        Throwable thrown = done.snapshot().exception();
        if (thrown != null) Log.of(Executor.class).error("uncaught exception in a task given to execute", thrown);
    }

    // ---- map ----

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            Fn1<? super A, ? extends R> function, Iterable<? extends A> items, MapOptions options) {
        return startMap(
                new Invocables.OfFn1(Objects.requireNonNull(function, "function")), function, Rows.of(items), options);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            Fn2<? super A, ? super B, ? extends R> function,
            Iterable<? extends A> as,
            Iterable<? extends B> bs,
            MapOptions options) {
        return startMap(
                new Invocables.OfFn2(Objects.requireNonNull(function, "function")), function, Rows.of(as, bs), options);
    }

    @Override
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Results<R> map(
                    Fn3<? super A, ? super B, ? super C, ? extends R> function,
                    Iterable<? extends A> as,
                    Iterable<? extends B> bs,
                    Iterable<? extends C> cs,
                    MapOptions options) {
        return startMap(
                new Invocables.OfFn3(Objects.requireNonNull(function, "function")),
                function,
                Rows.of(as, bs, cs),
                options);
    }

    // ---- ExecutorService ----

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE);
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return invokeAll(tasks, Durations.nanos(timeout, unit));
    }

    private <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long nanos) throws InterruptedException {
        long start = System.nanoTime();
        List<Callable<T>> all = withoutNulls(tasks);
        List<Promise<T>> futures = new ArrayList<>(all.size());
        try {
            for (Callable<T> task : all)
                futures.add(Durations.left(start, nanos) > 0 ? (Promise<T>) this.<T>submit(task) : neverSubmitted());
            for (Promise<T> future : futures) if (!future.await(Durations.left(start, nanos))) break;
            return new ArrayList<>(futures);
        } finally {
            giveUp(futures);
        }
    }

    private static <T extends @Nullable Object> List<Callable<T>> withoutNulls(
            Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> all = new ArrayList<>(tasks);
        for (Callable<T> task : all) Objects.requireNonNull(task, "task");
        return all;
    }

    private static <T extends @Nullable Object> Promise<T> neverSubmitted() {
        Promise<T> never = new Promise<>();
        never.cancel();
        return never;
    }

    /**
     * Makes all done, as nobody will ask for what they give: first those that have not started, so that no thread which the
     * others let go takes one of them.
     */
    private static void giveUp(List<? extends Promise<?>> futures) {
        for (Promise<?> future : futures) future.cancel();
        for (Promise<?> future : futures) future.abandon();
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE);
        } catch (TimeoutException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, Durations.nanos(timeout, unit));
    }

    private <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        List<Callable<T>> all = withoutNulls(tasks);
        if (all.isEmpty()) throw new IllegalArgumentException("invokeAny of no tasks");
        List<Promise<T>> futures = new ArrayList<>(all.size());
        try (Completions<T> completions = new Completions<>()) {
            for (Callable<T> task : all) {
                Promise<T> future = (Promise<T>) this.<T>submit(task);
                futures.add(future);
                completions.register(future);
            }
            ExecutionException last = null;
            for (int unfinished = futures.size(); unfinished > 0; unfinished--) {
                Future<T> done = completions.next(Durations.left(start, nanos));
                if (done == null)
                    throw new TimeoutException(
                            "no task has ended in time: unfinished=" + unfinished + " of " + futures.size());
                try {
                    return done.get();
                } catch (ExecutionException failed) {
                    last = failed;
                } catch (CancellationException cancelled) {
                    last = new ExecutionException(cancelled);
                }
            }
            throw Objects.requireNonNull(last);
        } finally {
            giveUp(futures);
        }
    }
}
