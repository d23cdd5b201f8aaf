package io.coppice;

import io.coppice.pool.CallSink;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.payload.CodecPool;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a map in a process pool. Its outcomes are gathered as they come, in whatever number of answers, and given to
 * the consumer when the chunk is complete; each is decoded when it is taken, and not kept.
 *
 * <p>The array is filled by the dispatcher's thread and read after the promise is done: the promise's state orders the two.
 */
final class SubmittedChunk<R extends @Nullable Object> extends Promise<@Nullable Object>
        implements CallSink, MapResults.Chunk<R> {
    private final CodecPool codecs;
    private final @Nullable Object[] outcomes; // RemoteOutcome, or Throwable where the item was never sent
    private int filled; // dispatcher thread only: the next place without an outcome

    @SuppressWarnings(
            "UnusedVariable") // held: while there are results to come, or to be read, their classes must not go
    private final Object code;

    /**
     * @param code what must not be collected before
     * @param unsent by item: why it could not be sent; null where it was
     */
    SubmittedChunk(Object code, CodecPool codecs, @Nullable Throwable[] unsent) {
        this.code = code;
        this.codecs = codecs;
        this.outcomes = new Object[unsent.length];
        System.arraycopy(unsent, 0, outcomes, 0, unsent.length);
    }

    // ---- from the engine ----

    @Override
    public boolean start() {
        return tryStart();
    }

    @Override
    public void answer(int firstItem, Items items, Origin origin) {
        String from = null;
        for (Items.Cursor item = items.cursor(); item.next(); ) {
            OutcomeKind kind = item.outcomeKind();
            if (kind != OutcomeKind.RETURNED && from == null) from = origin.describe();
            nextPlace();
            outcomes[filled++] =
                    new RemoteOutcome(codecs, kind, item.outcomePayload(), kind == OutcomeKind.RETURNED ? null : from);
        }
        nextPlace();
        if (filled == outcomes.length) endReturned(null);
    }

    private void nextPlace() {
        while (filled < outcomes.length && outcomes[filled] instanceof Throwable) filled++;
    }

    @Override
    public void broken(Supplier<String> message, @Nullable Throwable cause) {
        endUnread(RemoteOutcome.neverCame(message, cause));
    }

    @Override
    public void cancelByPool() {
        cancel();
    }

    /** All items were refused: there is nothing to wait for. */
    void nothingWasSent() {
        endReturned(null);
    }

    // ---- for the consumer ----

    @Override
    public int size() {
        return outcomes.length;
    }

    @Override
    public boolean awaitOutcomes(long nanos) throws InterruptedException {
        return await(nanos);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the function's result is an R, null where R allows it
    public Outcome<R> take(int item) {
        Object outcome = outcomes[item];
        outcomes[item] = null;
        if (outcome instanceof Throwable unsent) return new Outcome.Failure<>(unsent);
        if (isCancelled()) return new Outcome.Failure<>(new CancellationException("chunk was cancelled before it ran"));
        // In a pool that broke an item may have its outcome though its chunk has none.
        if (outcome == null) return new Outcome.Failure<>(breakage());
        try {
            return new Outcome.Success<>((R) ((RemoteOutcome) outcome).read());
        } catch (Throwable failure) {
            return new Outcome.Failure<>(failure);
        }
    }

    private Throwable breakage() {
        Throwable broken = snapshot().exception();
        if (broken == null) throw new IllegalStateException("outcome was taken before");
        return broken;
    }

    @Override
    public void cancelChunk() {
        cancel();
    }
}
