package io.coppice;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for many futures: the functions of Python's {@code concurrent.futures}. All take any futures of Coppice,
 * of one executor or several; one given twice counts once. A cancelled future counts as done at once.
 */
public final class Futures {
    private Futures() {}

    /**
     * Waits until all have ended or were cancelled.
     *
     * @param futures what to wait for
     * @param <T> their result
     * @return all of them as done
     * @throws InterruptedException if this thread is interrupted while waiting
     * @throws DeadlockException as {@link Future#result()}
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> wait(Iterable<? extends Future<? extends T>> futures)
            throws InterruptedException {
        return wait(futures, Long.MAX_VALUE, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * Waits until all have ended or were cancelled, or the time is over.
     *
     * @param futures what to wait for
     * @param timeout counted from this call; zero or less does not wait
     * @param <T> their result
     * @return those that are done, and those that are not
     * @throws InterruptedException if this thread is interrupted while waiting
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> wait(
            Iterable<? extends Future<? extends T>> futures, Duration timeout) throws InterruptedException {
        return wait(futures, Durations.nanos(timeout), ReturnWhen.ALL_COMPLETED);
    }

    /**
     * Waits until so much has happened.
     *
     * @param futures what to wait for
     * @param returnWhen what to wait until
     * @param <T> their result
     * @return those that are done, and those that are not
     * @throws InterruptedException if this thread is interrupted while waiting
     * @throws DeadlockException as {@link Future#result()}
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> wait(
            Iterable<? extends Future<? extends T>> futures, ReturnWhen returnWhen) throws InterruptedException {
        return wait(futures, Long.MAX_VALUE, returnWhen);
    }

    /**
     * Waits until so much has happened, or the time is over.
     *
     * @param futures what to wait for
     * @param timeout counted from this call; zero or less does not wait
     * @param returnWhen what to wait until
     * @param <T> their result
     * @return those that are done, and those that are not
     * @throws InterruptedException if this thread is interrupted while waiting
     */
    public static <T extends @Nullable Object> DoneAndNotDone<T> wait(
            Iterable<? extends Future<? extends T>> futures, Duration timeout, ReturnWhen returnWhen)
            throws InterruptedException {
        return wait(futures, Durations.nanos(timeout), returnWhen);
    }

    private static <T extends @Nullable Object> DoneAndNotDone<T> wait(
            Iterable<? extends Future<? extends T>> futures, long nanos, ReturnWhen returnWhen)
            throws InterruptedException {
        Objects.requireNonNull(returnWhen, "returnWhen");
        long start = System.nanoTime();
        Set<Future<T>> all = distinct(futures);
        if (returnWhen == ReturnWhen.ALL_COMPLETED) awaitAll(all, start, nanos);
        else awaitFirst(all, start, nanos, returnWhen);
        Set<Future<T>> done = new LinkedHashSet<>();
        Set<Future<T>> notDone = new LinkedHashSet<>();
        for (Future<T> future : all) (future.isDone() ? done : notDone).add(future);
        return new DoneAndNotDone<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
    }

    private static void awaitAll(Set<? extends Future<?>> futures, long start, long nanos) throws InterruptedException {
        for (Future<?> future : futures) if (!ours(future).await(Durations.left(start, nanos))) return;
    }

    private static <T extends @Nullable Object> void awaitFirst(
            Set<Future<T>> futures, long start, long nanos, ReturnWhen returnWhen) throws InterruptedException {
        try (Completions<T> completions = new Completions<>()) {
            futures.forEach(completions::register);
            for (int unfinished = futures.size(); unfinished > 0; unfinished--) {
                Future<T> ended = completions.next(Durations.left(start, nanos));
                if (ended == null || returnWhen == ReturnWhen.FIRST_COMPLETED) return;
                if (!ended.isCancelled() && ended.exception() != null) return;
            }
        }
    }

    /** Only ours can tell us that they are done. */
    static <T extends @Nullable Object> Promise<T> ours(Future<T> future) {
        if (future instanceof Promise<T> promise) return promise;
        throw new IllegalArgumentException(
                "not a future of Coppice: class=" + future.getClass().getName());
    }

    /**
     * The futures, each when it has ended or was cancelled: those that already are first, then as they come.
     *
     * @param futures what to wait for
     * @param <T> their result
     * @return an iterable of one iterator, for one thread, which waits; it keeps no reference to what it has given. Its
     *     {@code next} throws {@link java.util.concurrent.CompletionException} caused by InterruptedException, with the
     *     interrupt flag set, if the thread is interrupted, and {@link DeadlockException} as {@link Future#result()}
     */
    public static <T extends @Nullable Object> Iterable<Future<T>> asCompleted(
            Iterable<? extends Future<? extends T>> futures) {
        return new AsCompleted<>(distinct(futures), Long.MAX_VALUE);
    }

    /**
     * As {@link #asCompleted(Iterable)}, with a deadline.
     *
     * @param futures what to wait for
     * @param timeout counted from this call; when it is over and futures are left, {@code next} throws {@link
     *     UncheckedTimeoutException}
     * @param <T> their result
     * @return an iterable of one iterator, for one thread, which waits
     */
    public static <T extends @Nullable Object> Iterable<Future<T>> asCompleted(
            Iterable<? extends Future<? extends T>> futures, Duration timeout) {
        return new AsCompleted<>(distinct(futures), Durations.nanos(timeout));
    }

    /** A future only gives a T, so one of a subtype is one of T. */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> Set<Future<T>> distinct(
            Iterable<? extends Future<? extends T>> futures) {
        Set<Future<T>> distinct = new LinkedHashSet<>();
        for (Future<? extends T> future : futures) distinct.add((Future<T>) Objects.requireNonNull(future, "future"));
        return distinct;
    }
}
