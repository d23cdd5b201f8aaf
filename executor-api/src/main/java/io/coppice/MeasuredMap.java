package io.coppice;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A map over items of a sample, run again and again and timed as the thread that takes its results sees it. */
final class MeasuredMap<A extends @Nullable Object, R extends @Nullable Object> {
    private static final int LONGEST_TEXT = 80;

    /**
     * One run.
     *
     * @param wallNanos from the call of {@code map} to the last result
     * @param firstNanos from the call of {@code map} to the first result
     * @param longestWaitNanos the longest time from one result to the next; 0 if it was not looked for
     * @param itemsPerHandOver how many items a worker was given at once, on average
     */
    record Times(long wallNanos, long firstNanos, long longestWaitNanos, double itemsPerHandOver) {}

    private final Fn1<? super A, ? extends R> function;
    private final Subset<? extends A> items;

    MeasuredMap(Fn1<? super A, ? extends R> function, Subset<? extends A> items) {
        this.function = function;
        this.items = items;
    }

    int size() {
        return items.size();
    }

    /** As fast as it goes: nobody looks at the clock between the results. */
    Times run(ProcessPoolExecutor pool, MapOptions options) {
        return new Run(pool).of(options, null, false);
    }

    /** Looks at the clock after each result, which takes some 25 ns. */
    Times runLookingAtEach(ProcessPoolExecutor pool, MapOptions options) {
        return new Run(pool).of(options, null, true);
    }

    /** Shows each result, and cancels the rest as soon as one was enough. */
    Times runUntil(ProcessPoolExecutor pool, MapOptions options, Predicate<? super R> isEnough) {
        return new Run(pool).of(options, isEnough, false);
    }

    private final class Run {
        private final ProcessPoolExecutor pool;
        private int taken;
        private long longestWaitNanos;

        Run(ProcessPoolExecutor pool) {
            this.pool = pool;
        }

        Times of(MapOptions options, @Nullable Predicate<? super R> isEnough, boolean lookAtEach) {
            long handOvers = pool.handOvers();
            long start = System.nanoTime();
            Results<R> map = pool.map(function, items.list(), options); // what this throws is about no item
            try (Results<R> results = map) {
                boolean enough = take(results, isEnough);
                long first = System.nanoTime();
                if (isEnough != null) while (!enough && results.hasNext()) enough = take(results, isEnough);
                else if (lookAtEach) takeAllLookingAtEach(results, first);
                else for (; results.hasNext(); taken++) results.next();
                long end = System.nanoTime();
                double atOnce = (double) taken / Math.max(1, pool.handOvers() - handOvers);
                return new Times(end - start, first - start, longestWaitNanos, atOnce);
            } catch (UncheckedTimeoutException late) {
                throw new UncheckedTimeoutException("no result in time from an item of the sample: " + facts()
                        + "; measure without this item, or with a longer budget");
            } catch (Throwable failure) {
                throw reported(failure);
            }
        }

        private boolean take(Results<R> results, @Nullable Predicate<? super R> isEnough) {
            R result = results.next();
            taken++;
            return isEnough != null && isEnough.test(result);
        }

        private void takeAllLookingAtEach(Results<R> results, long first) {
            long last = first;
            for (; results.hasNext(); taken++) {
                results.next();
                long now = System.nanoTime();
                longestWaitNanos = Math.max(longestWaitNanos, now - last);
                last = now;
            }
        }

        /** Whose doing it was: the pool's, this thread's interrupt, or that of the item whose turn it was. */
        private RuntimeException reported(Throwable failure) {
            boolean ofThePool = failure instanceof BrokenExecutor
                    || pool.isShutdown()
                            && (failure instanceof RejectedExecutionException
                                    || failure instanceof CancellationException);
            if (ofThePool || Thread.currentThread().isInterrupted()) return Rethrow.unchecked(failure);
            Throwable thrown = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failure;
            return new CompletionException(
                    "the function failed on an item of the sample: " + facts() + ", threw=" + thrown
                            + "; measure without this item, or catch it in the function",
                    thrown);
        }

        /** About the item whose turn it is. */
        private String facts() {
            String text;
            try {
                text = String.valueOf(items.list().get(taken));
            } catch (RuntimeException unprintable) {
                text = "(its toString throws " + unprintable.getClass().getName() + ")";
            }
            if (text.length() > LONGEST_TEXT) text = text.substring(0, LONGEST_TEXT) + "...";
            return "index=" + items.placeInSample(taken) + ", item=" + text;
        }
    }
}
