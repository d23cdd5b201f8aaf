package io.coppice;

import io.coppice.pool.PoolFunction;
import io.coppice.pool.Series;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A series of a map in a process pool, as the thread that iterates sees it: what went in, and the outcomes, each
 * decoded when it is taken, straight from the row it came in, and not kept. Confined to that thread;
 * {@link OutcomeRows} is where it meets the dispatcher's.
 */
final class SubmittedSeries<R extends @Nullable Object> implements MapResults.Segment<R> {
    private static final int NO_ITEM = -1;

    /** What could not be sent, and stands in front of an item that was. */
    private record Unsent(int before, Throwable why) {}

    private final CodecPool codecs;
    private final OutcomeRows rows;
    private @Nullable Series series; // once an item was sent
    private boolean open;
    private int sent;
    private int size; // with those that could not be sent
    private @Nullable ArrayDeque<Unsent> unsent; // those not taken yet
    private int firstUnsent = NO_ITEM; // in front of which item

    // Where the next item is taken from.
    private int next; // of those sent
    private int leftInRow;
    private OutcomeRows.@Nullable Row row;
    private Items.@Nullable Cursor outcome; // of this row, if it has outcomes

    /**
     * @param code what must not be collected while there are results to come, or to be read
     * @param open whether items come one by one
     */
    SubmittedSeries(Object code, CodecPool codecs, boolean open) {
        this.codecs = codecs;
        this.open = open;
        rows = new OutcomeRows(code);
    }

    // ---- what goes in ----

    /** Where its outcomes go. */
    OutcomeRows rows() {
        return rows;
    }

    @Nullable
    Series series() {
        return series;
    }

    Series open(PoolFunction function, int bytes, int items) {
        Series opened = Series.open(function, bytes, items, rows);
        series = opened;
        return opened;
    }

    Series chunk(PoolFunction function, Items arguments) {
        Series chunk = Series.chunk(function, arguments, rows);
        series = chunk;
        return chunk;
    }

    void sent() {
        sent++;
        size++;
    }

    int sentItems() {
        return sent;
    }

    /** The next item could not be sent: costs this one, and no other. */
    void notSent(Throwable why) {
        if (unsent == null) unsent = new ArrayDeque<>();
        if (unsent.isEmpty()) firstUnsent = sent;
        unsent.add(new Unsent(sent, why));
        size++;
    }

    void close() {
        open = false;
        if (series != null) series.close();
    }

    // ---- what comes out ----

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isThere() {
        return leftInRow > 0 || next == firstUnsent || rows.isThere(next);
    }

    @Override
    public boolean awaitNext(long nanos) throws InterruptedException {
        return isThere() || rows.await(next, nanos);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the function's result is an R, null where R allows it
    public R take() throws Throwable {
        if (next == firstUnsent) throw takeUnsent();
        if (leftInRow == 0) beginRow();
        next++;
        leftInRow--;
        Items.Cursor outcome = this.outcome;
        if (outcome == null) return (R) withoutOutcome();
        outcome.next();
        if (outcome.outcomeKind() != OutcomeKind.RETURNED) return (R) failure(outcome);
        try {
            int length = outcome.outcomeLength();
            return (R)
                    (length < Payload.TAIL_BYTES
                            ? codecs.read(outcome.bytes(), outcome.outcomeOffset(), length)
                            : codecs.read(outcome.outcomePayload()));
        } catch (PayloadException unreadable) {
            throw RemoteOutcome.unreadable(unreadable, origin());
        }
    }

    private Throwable takeUnsent() {
        ArrayDeque<Unsent> unsent = Objects.requireNonNull(this.unsent);
        Throwable why = unsent.remove().why;
        firstUnsent = unsent.isEmpty() ? NO_ITEM : unsent.element().before;
        return why;
    }

    /** The row used up is let go here, and the last one with this. */
    private void beginRow() {
        OutcomeRows.Row begun = rows.take(next);
        row = begun;
        outcome = begun == null || begun.outcomes == null ? null : begun.outcomes.cursor();
        leftInRow = begun == null ? 1 : begun.count;
    }

    private @Nullable Object withoutOutcome() throws Throwable {
        if (row == null) return rows.breakage().read();
        if (row.loss != null) return Losses.of(row.loss, codecs).read();
        throw new CancellationException("call of a map was cancelled before it ran: the pool was shut down");
    }

    private @Nullable Object failure(Items.Cursor outcome) throws Throwable {
        return new RemoteOutcome(codecs, outcome.outcomeKind(), outcome.outcomePayload(), origin()).read();
    }

    private @Nullable String origin() {
        return row == null || row.origin == null ? null : row.origin.describe(next - 1);
    }

    @Override
    public void cancelRest() {
        if (series != null) series.cancel();
    }
}
