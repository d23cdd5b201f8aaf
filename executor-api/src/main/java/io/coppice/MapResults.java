package io.coppice;

import io.coppice.lifetime.Log;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Results} of both executors: a queue of what was submitted, refilled from the input as it is used up.
 *
 * <p>The bound is strict: an item, or a chunk, counts from its submission until its (last) result was taken, and the
 * next one is submitted only then. What was submitted before the input, or the executor, failed is given first, then
 * the failure is thrown; nothing is cut off silently.
 */
final class MapResults<R extends @Nullable Object> implements Results<R> {
    /** An unbounded map that has taken this much input is probably not meant to be unbounded. */
    private static final long MANY_ITEMS = 1_000_000;
    /** Submitted at a time, in between we look how many they are. */
    private static final int BURST = 1024;

    /** Some items of the input that were submitted. */
    interface Segment<R extends @Nullable Object> {
        /** The items so far. */
        int size();

        /** Whether there may be more of them. */
        boolean isOpen();

        /** Whether the next item can be taken without waiting. */
        boolean isThere();

        /** Waits until it can, so long at most; says whether it can. */
        boolean awaitNext(long nanos) throws InterruptedException;

        /** The result of the next item, once it is there; or throws what that failed with. Given once, not kept. */
        R take() throws Throwable;

        void cancelRest();
    }

    /** Takes items from the input and submits them. */
    interface Source<R extends @Nullable Object> {
        /**
         * Submits so many more items, or chunks, adding new segments to these.
         *
         * @return false at the end of the input
         */
        boolean submit(Deque<Segment<R>> segments, int atMost);

        /** Whether it submits chunks, and each of its segments is one. */
        boolean countsChunks();

        /** How many items it has taken from the input. */
        long items();

        /** It will not be asked for more. */
        void end();
    }

    private @Nullable Source<R> source; // until its end: an input that is used up is not kept
    private final ArrayDeque<Segment<R>> submitted = new ArrayDeque<>(); // if used up and open, then the only one
    private final long start = System.nanoTime();
    private final long timeoutNanos;
    private @Nullable Throwable sourceFailure; // thrown when what was submitted is used up
    private int taken; // of the first segment

    MapResults(Source<R> source, MapSettings settings) {
        this.source = source;
        timeoutNanos = settings.deadline() == null ? Long.MAX_VALUE : Durations.nanos(settings.deadline());
        boolean warned = settings.isBounded();
        int room = settings.bound();
        while (room > 0 && refill(Math.min(room, BURST))) {
            if (settings.isBounded()) room -= BURST;
            if (warned || source.items() <= MANY_ITEMS) continue;
            warned = true;
            Log.of(Results.class)
                    .warn(
                            "map has taken all its input so far into memory: items={}; set MapOptions.buffersize(n) to"
                                    + " bound it",
                            source.items());
        }
        if (sourceFailure != null) {
            Throwable failure = sourceFailure;
            close();
            throw Rethrow.unchecked(failure);
        }
    }

    /** Submits so many more items, or chunks; false when there are no more. */
    private boolean refill(int atMost) {
        Source<R> from = source;
        if (from == null) return false;
        try {
            if (from.submit(submitted, atMost)) return true;
        } catch (Throwable failure) {
            sourceFailure = failure;
        }
        endSource();
        return false;
    }

    private void endSource() {
        Source<R> ended = source;
        source = null;
        if (ended != null) ended.end();
    }

    @Override
    public boolean hasNext() {
        return !submitted.isEmpty() || sourceFailure != null;
    }

    @Override
    public R next() {
        Segment<R> first = awaitFirst();
        R result;
        try {
            result = first.take();
        } catch (Throwable failure) {
            close();
            throw Rethrow.unchecked(failure);
        }
        taken(first);
        return result;
    }

    @Override
    public Iterable<Outcome<R>> outcomes() {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return MapResults.this.hasNext();
            }

            @Override
            public Outcome<R> next() {
                return nextOutcome();
            }
        };
    }

    private Outcome<R> nextOutcome() {
        Segment<R> first = awaitFirst();
        Outcome<R> outcome;
        try {
            outcome = new Outcome.Success<>(first.take());
        } catch (Throwable failure) {
            outcome = new Outcome.Failure<>(failure);
        }
        taken(first);
        return outcome;
    }

    /** The segment whose next item is there. */
    private Segment<R> awaitFirst() {
        Segment<R> first = submitted.peek();
        if (first == null) {
            Throwable failure = sourceFailure;
            if (failure == null) throw new NoSuchElementException();
            sourceFailure = null;
            throw Rethrow.unchecked(failure);
        }
        if (!first.isThere()) await(first);
        return first;
    }

    private void await(Segment<R> segment) {
        boolean there;
        try {
            there = segment.awaitNext(Durations.left(start, timeoutNanos));
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while waiting for a result of map", interrupted);
        } catch (DeadlockException neverEnds) {
            close();
            throw neverEnds;
        }
        if (!there) {
            long unfinished = -taken;
            for (Segment<R> notTaken : submitted) unfinished += notTaken.size();
            close();
            throw new UncheckedTimeoutException("map has not ended in time: timeoutMillis=" + timeoutNanos / 1_000_000
                    + ", submittedItemsNotTaken=" + unfinished);
        }
    }

    /** An item of the first segment was taken: makes room for the next one, or for the next chunk. */
    private void taken(Segment<R> first) {
        taken++;
        boolean usedUp = taken == first.size();
        Source<R> from = source;
        if (from != null && (usedUp || !from.countsChunks())) refill(1);
        if (usedUp && taken == first.size() && !first.isOpen()) {
            submitted.remove();
            taken = 0;
        }
    }

    @Override
    public void close() {
        sourceFailure = null;
        endSource();
        submitted.forEach(Segment::cancelRest);
        submitted.clear();
        taken = 0;
    }
}
