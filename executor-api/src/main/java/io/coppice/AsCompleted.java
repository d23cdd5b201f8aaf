package io.coppice;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The one iterator of {@link Futures#asCompleted}. */
final class AsCompleted<T extends @Nullable Object> implements Iterable<Future<T>>, Iterator<Future<T>> {
    private final Completions<T> completions = new Completions<>();
    private final long start = System.nanoTime();
    private final long timeoutNanos;
    private final int total;
    private int unfinished;

    AsCompleted(Set<Future<T>> futures, long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
        total = futures.size();
        unfinished = total;
        futures.forEach(completions::register);
    }

    @Override
    public Iterator<Future<T>> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        return unfinished > 0;
    }

    @Override
    public Future<T> next() {
        if (unfinished == 0) throw new NoSuchElementException();
        Future<T> done;
        try {
            done = completions.next(Durations.left(start, timeoutNanos));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while waiting for a future", interrupted);
        }
        if (done == null) {
            completions.close();
            throw new UncheckedTimeoutException(unfinished + " (of " + total + ") futures unfinished");
        }
        unfinished--;
        return done;
    }
}
