package io.coppice.pool;

import io.coppice.wire.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one worker was handed and has not answered: batches, in the order of their turns. The n-th item that a worker is
 * sent has turn n, on both sides. Dispatcher thread only.
 *
 * <p>It can be told to give back what it has not begun. Until it has, or has answered everything, it is handed nothing
 * more, so there is one answer to the question.
 */
final class Handed {
    /** Arguments of a call for an idle worker, which begins it at once, are kept up to this size. */
    private static final int KEPT_BYTES = 64 << 10;

    private final boolean keepsArguments;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long lastTurn;
    private long lastAnswered; // turn
    private int unanswered; // items
    private int calls; // with items unanswered
    private int callsWhenFilled;
    private boolean filling; // in this step
    private double nanosLeft;
    private long recalledFrom; // 0: nothing is recalled
    private long recalledUpTo;
    private boolean progress; // since somebody looked
    private boolean stuck; // it gave something back, and has answered nothing since

    /** @param keepsArguments whether what was begun may have to be begun again */
    Handed(boolean keepsArguments) {
        this.keepsArguments = keepsArguments;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    List<Batch> takeAll() {
        List<Batch> all = new ArrayList<>(batches);
        batches.clear();
        unanswered = 0;
        calls = 0;
        return all;
    }

    // ---- handing over ----

    /** How many more calls on this function it should have. */
    int room(PoolFunction function) {
        if (batches.isEmpty()) return Prefetch.forIdle(function);
        if (recalledUpTo != 0 || stuck) return 0;
        if (!filling && !Prefetch.isDue(calls, callsWhenFilled, nanosLeft)) return 0;
        filling = true;
        return Prefetch.ahead(function, calls, nanosLeft);
    }

    /** The work that is left, as far as that is known. */
    double nanosLeft() {
        return nanosLeft;
    }

    Frame handOver(Batch batch) {
        boolean wasEmpty = batches.isEmpty();
        double nanosEach = batch.function.pace.nanosEach();
        Frame frame = batch.handOver(lastTurn + 1, nanosEach);
        batches.add(batch);
        progress |= wasEmpty;
        if (wasEmpty) stuck = false; // what it gave back is no matter any more
        lastTurn += batch.itemCount();
        unanswered += batch.itemCount();
        calls += batch.callCount();
        nanosLeft += nanosEach * batch.itemCount();
        if (wasEmpty && batch.isOneCall() && batch.argumentBytes() > KEPT_BYTES && !mayComeBack(batch))
            batch.dropArguments();
        return frame;
    }

    private boolean mayComeBack(Batch batch) {
        return keepsArguments || batch.function.limit != null && batch.itemCount() > 1;
    }

    /** What was handed over goes out now; the next filling waits until it is due. */
    void isFilled() {
        filling = false;
        callsWhenFilled = calls;
    }

    // ---- answers ----

    /** The batch that an answer from this turn on, to so many items, is due for; null if there is none. */
    @Nullable
    Batch due(long turn, int count) {
        Batch first = batches.peek();
        return first != null && first.nextTurn() == turn && count <= first.unanswered() ? first : null;
    }

    /** So many items of the first batch have been answered; says whether all of them have. */
    boolean answered(Batch first, int count) {
        unanswered -= count;
        lastAnswered = first.nextTurn() - 1;
        if (!first.isOneCall()) calls -= count;
        else if (first.isEnded()) calls--;
        nanosLeft = Math.max(0, nanosLeft - count * first.nanosEach());
        progress = true;
        stuck = false;
        if (!first.isEnded()) return false;
        batches.remove();
        if (batches.isEmpty()) nanosLeft = 0;
        if (first.lastTurn() >= recalledUpTo) recalledUpTo = 0; // there was nothing to give back
        return true;
    }

    // ---- giving back ----

    /** Whether a call may wait behind another. */
    boolean isToBeWatched() {
        if (stuck || batches.isEmpty()) return false;
        return batches.size() > 1 || unanswered > 1 && !batches.element().isOneCall();
    }

    /** What is to be recalled because nothing was answered since this was asked last; null if nothing is. */
    Frame.@Nullable Recall recallIfStuck() {
        boolean stands = !progress;
        progress = false;
        if (!stands || !isToBeWatched() || recalledUpTo != 0) return null;
        Batch first = batches.element();
        // Its first call may run. What was not kept could not go elsewhere.
        recalledFrom = first.isOneCall() ? first.lastTurn() + 1 : first.nextTurn();
        recalledUpTo = lastTurn;
        return new Frame.Recall(recalledUpTo, recalledFrom);
    }

    /** Whether the worker may give back all turns after this one. Some of them it may have given back before. */
    boolean mayKeep(long upTo, long kept) {
        if (recalledUpTo == 0 || upTo != recalledUpTo || kept < recalledFrom - 1 || kept >= recalledUpTo) return false;
        if (kept < lastAnswered) return false;
        for (Batch batch : batches)
            if (batch.isOneCall() && batch.firstTurn() <= kept && kept < batch.lastTurn()) return false;
        return true;
    }

    /**
     * Takes back all turns after this one.
     *
     * @param last given what is taken back, the last of it first
     * @param emptied given the batches of which nothing is left
     */
    void takeBack(long kept, Consumer<Work> last, Consumer<Batch> emptied) {
        recalledUpTo = 0;
        stuck = true;
        List<Work> inOrder = new ArrayList<>();
        while (!batches.isEmpty() && batches.getLast().lastTurn() > kept) {
            Batch batch = batches.getLast();
            int keeps = (int) Math.max(0, kept - batch.firstTurn() + 1);
            int back = batch.itemCount() - keeps;
            unanswered -= back;
            calls -= batch.isOneCall() ? 1 : back;
            nanosLeft = Math.max(0, nanosLeft - back * batch.nanosEach());
            inOrder.clear();
            batch.giveBack(keeps, inOrder::add);
            for (int i = inOrder.size() - 1; i >= 0; i--) last.accept(inOrder.get(i));
            if (!batch.isEnded()) break;
            batches.removeLast();
            emptied.accept(batch);
        }
        if (batches.isEmpty()) nanosLeft = 0;
    }

    // ---- time ----

    /** The batch with this turn, if that has no answer; else null. */
    @Nullable
    Batch batchWith(long turn) {
        for (Batch batch : batches) if (batch.nextTurn() <= turn && turn <= batch.lastTurn()) return batch;
        return null;
    }

    boolean isOver(long turn) {
        return batchWith(turn) == null;
    }

    /** Of all functions here; Long.MAX_VALUE if none has a limit. */
    long shortestLimitNanos() {
        long shortest = Long.MAX_VALUE;
        for (Batch batch : batches) {
            TimeLimit limit = batch.function.limit;
            if (limit != null) shortest = Math.min(shortest, Math.min(limit.nanos(), limit.graceNanos()));
        }
        return shortest;
    }

    // ---- interrupts ----

    /** The turn of this call; 0 if it is not here. */
    long turnOf(CallSink sink) {
        for (Batch batch : batches) {
            long turn = batch.turnOf(sink);
            if (turn != 0) return turn;
        }
        return 0;
    }

    /** The first turn of the call that the worker is at, or will be next; 0 if there is none. */
    long currentTurn() {
        Batch first = batches.peek();
        return first == null ? 0 : first.isOneCall() ? first.firstTurn() : first.nextTurn();
    }

    /** The turn that is answered next; 0 if there is none. */
    long nextTurn() {
        Batch first = batches.peek();
        return first == null ? 0 : first.nextTurn();
    }

    /** The last turn handed over. */
    long lastTurn() {
        return lastTurn;
    }

    /** For the message about a frame that does not fit. */
    String describe() {
        Batch first = batches.peek();
        return first == null
                ? "nothing is due"
                : "nextTurn=" + first.nextTurn() + ", lastTurn=" + lastTurn + ", recalledUpTo=" + recalledUpTo;
    }
}
