package io.coppice;

import io.coppice.lifetime.Log;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Results} of both executors: a queue of submitted chunks, refilled from the input as they are used up.
 *
 * <p>The bound is strict: a chunk counts from its submission until its last result was taken, and the next one is
 * submitted only then. What was submitted before the input, or the executor, failed is given first, then the failure is
 * thrown; nothing is cut off silently.
 */
final class MapResults<R extends @Nullable Object> implements Results<R> {
    /** An unbounded map that has taken this much input is probably not meant to be unbounded. */
    private static final long MANY_ITEMS = 1_000_000;

    /** Some items of the input, submitted as one call. */
    interface Chunk<R extends @Nullable Object> {
        int size();

        /** Waits until all its outcomes are there, so long at most; says whether they are. */
        boolean awaitOutcomes(long nanos) throws InterruptedException;

        /** An outcome, once it is there; given once, not kept. */
        Outcome<R> take(int item);

        void cancelChunk();
    }

    /** Takes items from the input and submits them. */
    interface ChunkSource<R extends @Nullable Object> {
        /** The next chunk, submitted; null at the end of the input. */
        @Nullable
        Chunk<R> submitNext();

        /** No further chunk will be asked for. */
        void end();
    }

    private @Nullable ChunkSource<R> source; // until its end: an input that is used up is not kept
    private final ArrayDeque<Chunk<R>> submitted = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private final long timeoutNanos;
    private @Nullable Throwable sourceFailure; // thrown when what was submitted is used up
    private int taken; // of the first chunk

    MapResults(ChunkSource<R> source, MapSettings settings) {
        this.source = source;
        timeoutNanos = settings.deadline() == null ? Long.MAX_VALUE : Durations.nanos(settings.deadline());
        long items = 0;
        boolean warned = settings.isBounded();
        while (submitted.size() < settings.bound() && refill()) {
            items += submitted.getLast().size();
            if (items > MANY_ITEMS && !warned) {
                warned = true;
                Log.of(Results.class)
                        .warn(
                                "map has taken all its input so far into memory: items={}; set MapOptions.buffersize(n) to"
                                        + " bound it",
                                items);
            }
        }
        if (sourceFailure != null) {
            Throwable failure = sourceFailure;
            close();
            throw Rethrow.unchecked(failure);
        }
    }

    /** Submits one more chunk; false when there is none. */
    private boolean refill() {
        ChunkSource<R> from = source;
        if (from == null) return false;
        try {
            Chunk<R> chunk = from.submitNext();
            if (chunk != null) {
                submitted.add(chunk);
                return true;
            }
        } catch (Throwable failure) {
            sourceFailure = failure;
        }
        endSource();
        return false;
    }

    private void endSource() {
        ChunkSource<R> ended = source;
        source = null;
        if (ended != null) ended.end();
    }

    @Override
    public boolean hasNext() {
        return !submitted.isEmpty() || sourceFailure != null;
    }

    @Override
    public R next() {
        Outcome<R> outcome = nextOutcome();
        if (outcome instanceof Outcome.Success<R> success) return success.value();
        close();
        throw Rethrow.unchecked(((Outcome.Failure<R>) outcome).exception());
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
        Chunk<R> first = submitted.peek();
        if (first == null) {
            Throwable failure = sourceFailure;
            if (failure == null) throw new NoSuchElementException();
            sourceFailure = null;
            throw Rethrow.unchecked(failure);
        }
        await(first);
        Outcome<R> outcome = first.take(taken++);
        if (taken == first.size()) {
            submitted.remove();
            taken = 0;
            refill();
        }
        return outcome;
    }

    private void await(Chunk<R> chunk) {
        long left = timeoutNanos == Long.MAX_VALUE ? timeoutNanos : timeoutNanos - (System.nanoTime() - start);
        boolean there;
        try {
            there = chunk.awaitOutcomes(left);
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while waiting for a result of map", interrupted);
        }
        if (!there) {
            long unfinished = -taken;
            for (Chunk<R> notTaken : submitted) unfinished += notTaken.size();
            close();
            throw new UncheckedTimeoutException("map has not ended in time: timeoutMillis=" + timeoutNanos / 1_000_000
                    + ", submittedItemsNotTaken=" + unfinished);
        }
    }

    @Override
    public void close() {
        sourceFailure = null;
        endSource();
        submitted.forEach(Chunk::cancelChunk);
        submitted.clear();
        taken = 0;
    }
}
