package io.coppice;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The results of a {@code map}, in the order of its input, each as soon as it and all before it are there. An iterator,
 * and the iterable of that one iterator. For one thread at a time.
 *
 * <p>{@link #next} waits. It throws what the item's function threw, as it was thrown if it is unchecked, else as the
 * cause of a {@link CompletionException}; {@link UncheckedTimeoutException} if the map's timeout has passed; a
 * CompletionException caused by {@link InterruptedException}, with the interrupt flag set, if this thread is interrupted;
 * {@link DeadlockException} as {@link Future#result()}.
 * After any of these the rest is cancelled and there is no next element, as in Python; {@link #outcomes} goes on instead.
 *
 * @param <R> a result
 */
public interface Results<R extends @Nullable Object> extends Iterator<R>, Iterable<R>, AutoCloseable {
    /**
     * Whether there is another element, or a failure to throw. Does not wait.
     *
     * @return false at the end, after a failure, and after {@link #close}
     */
    @Override
    boolean hasNext();

    /**
     * Waits for the next result.
     *
     * @return the result
     * @throws NoSuchElementException at the end
     */
    @Override
    R next();

    /**
     * This.
     *
     * @return this
     */
    @Override
    default Iterator<R> iterator() {
        return this;
    }

    /**
     * The elements not taken yet, each as value or failure: a failed item does not end the iteration. Its iterator
     * waits, and throws as {@link #next} does for the map's timeout, an interrupt, and an input that failed.
     *
     * @return an iterable of that one iterator
     */
    Iterable<Outcome<R>> outcomes();

    /** Cancels what has not started and ends the iteration. Does not wait for what is running. May be called again. */
    @Override
    void close();
}
