package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.payload.OutcomeRow;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of one frame's items, gathered so that many go out as one ANSWER. A small simple result is added to what
 * is gathered at once. Any other outcome is written first into bytes of its own, which may run the user's code, and then
 * appended to what is gathered, which does not.
 *
 * <p>What is gathered belongs to the executing thread or, while it is away, to the lifeline: {@link Turns}.
 */
final class Outcomes implements Turns.Sending {
    /** An outcome of this size goes out by itself, without another copy. */
    private static final int LARGE_BYTES = 64 << 10;

    /** The clock is looked at about this often, but at least with every so many items. */
    private static final long LOOK_NANOS = 10_000;

    private static final int MOST_UNSEEN = 64;

    private final ParentConnection parent;
    private final PayloadCodec writing;
    private final FlightRecorder flight;

    private final OutcomeRow gathered = new OutcomeRow();
    private long firstTurn;

    private int mostBytes;
    private long mostNanos;
    private long startNanos; // what came before is accounted for
    private long seenNanos; // when the clock was last looked at
    private int stride = 1; // items from one look at the clock to the next
    private int unseen; // items since the last look
    private long nanosPerItem; // between the last two

    Outcomes(ParentConnection parent, PayloadCodec writing, FlightRecorder flight) {
        this.parent = parent;
        this.writing = writing;
        this.flight = flight;
    }

    // ---- one outcome ----

    /** Writes an outcome, in place of the one before; what is gathered is not touched. */
    void write(OutcomeKind kind, @Nullable Object value) {
        writing.clear();
        try {
            writing.addOutcome(kind, value);
        } catch (PayloadException unsendable) {
            writeReason(unsendable);
        }
    }

    private void writeReason(PayloadException unsendable) {
        try {
            writing.addOutcome(OutcomeKind.UNSENDABLE_RESULT, unsendable);
        } catch (PayloadException stillNot) {
            writeText(unsendable);
        }
    }

    /** Even the reason cannot be encoded: its text can. */
    private void writeText(PayloadException reason) {
        try {
            writing.addOutcome(OutcomeKind.UNSENDABLE_RESULT, new IOException(reason.getMessage()));
        } catch (PayloadException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The one that was written last, as a row of its own. */
    Items takeWritten() {
        return new Items(1, writing.take());
    }

    // ---- many ----

    /** A frame begins. Its outcomes go out when they have grown past so many bytes, or have taken so long. */
    void begin(int mostBytes, long mostNanos) {
        this.mostBytes = mostBytes;
        this.mostNanos = mostNanos;
        if (gathered.count() == 0 && !parent.hasUnsent()) flight.sent();
        startsNow();
    }

    /** What has taken time until now does not count as the items' own. */
    void startsNow() {
        startNanos = seenNanos = System.nanoTime();
        stride = 1;
        unseen = 0;
    }

    /** Adds what was written, as the outcome of this turn. */
    void append(long turn) throws IOException {
        if (writing.size() >= LARGE_BYTES) {
            appendLarge(turn);
            return;
        }
        int start = gathered.size();
        gathered.add(writing);
        added(turn, start);
    }

    /** Adds that the call of this turn has returned this. False: nothing was done, it is to be written first. */
    boolean addReturned(long turn, @Nullable Object value) throws IOException {
        int start = gathered.size();
        if (!gathered.addReturned(value)) return false;
        added(turn, start);
        return true;
    }

    private void added(long turn, int start) throws IOException {
        if (gathered.count() == 1) firstTurn = turn;
        if (!flight.ended(turn, gathered.bytes(), start, gathered.size() - start)) send();
        else if (++unseen >= stride || gathered.size() >= mostBytes) look();
    }

    private void appendLarge(long turn) throws IOException {
        if (gathered.count() > 0) answerAll(nanosOfGathered());
        long now = System.nanoTime();
        answer(turn, takeWritten(), now);
        seenNanos = now;
        unseen = 0;
        flush();
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        nanosPerItem = (now - seenNanos) / unseen;
        stride = (int) Math.max(1, Math.min(MOST_UNSEEN, LOOK_NANOS / (nanosPerItem + 1)));
        seenNanos = now;
        unseen = 0;
        if (gathered.size() < mostBytes && now - startNanos < mostNanos) return;
        answerAll(now - startNanos);
        flush();
    }

    /** Of all that was ended. */
    private void flush() throws IOException {
        parent.flush();
        flight.sent();
    }

    /** The frame ends: what is gathered is written, and leaves this process before the next frame is waited for. */
    void end() throws IOException {
        long now = System.nanoTime();
        if (gathered.count() > 0) answerAll(now - startNanos);
        parent.flushIfOld(now);
    }

    /** Sends what is gathered, now and all the way; also in the middle of an item, whose time does not count then. */
    @Override
    public void send() throws IOException {
        if (gathered.count() > 0) answerAll(nanosOfGathered());
        flush();
    }

    /** What was answered before is sent with it. */
    void thisWorkerIsSpent() throws IOException {
        parent.write(new Frame.Spent());
        flush();
    }

    /** The clock was not looked at after each of them: the last ones' share is as that of those before. */
    private long nanosOfGathered() {
        return seenNanos - startNanos + unseen * nanosPerItem;
    }

    private void answerAll(long nanos) throws IOException {
        answer(firstTurn, gathered.items(), startNanos + nanos);
        gathered.clear();
    }

    private void answer(long turn, Items row, long untilNanos) throws IOException {
        parent.write(new Frame.Answer(turn, Math.max(0, untilNanos - startNanos), row));
        startNanos = untilNanos;
    }
}
