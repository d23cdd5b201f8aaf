package io.coppice.pool;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Accepted calls that no worker has, in the order they were taken in; what workers give back comes first. Cancelled
 * work stays where it is until its turn comes, and is dropped then. Dispatcher thread only.
 */
final class PendingCalls {
    /** Calls are handed over together up to so many bytes of arguments. */
    private static final int BATCH_BYTES = 1 << 20;

    private final ArrayDeque<Work> queue = new ArrayDeque<>();
    private final ArrayDeque<Series> open = new ArrayDeque<>(); // those in the queue whose size others may change
    private int ofOthers; // calls in the queue that are not in those
    private final Consumer<PoolFunction> unused;
    private long lastId;

    /** @param unused told of a function whenever work on it has left the queue, but for what is in the batch given */
    PendingCalls(Consumer<PoolFunction> unused) {
        this.unused = unused;
    }

    void takeIn(Work work) {
        work.accepted(lastId + 1);
        if (isOpen(work)) open.add((Series) work);
        else ofOthers += work.size();
        queue.add(work);
        lastId++;
        work.function.used();
    }

    /** Puts work in front that workers have given back, the last of it first. */
    void putBack(Work work) {
        queue.addFirst(work);
        ofOthers += work.size(); // a call, or the rest of a series: never an open one
        work.function.used();
    }

    private void remove(Work first) {
        queue.remove();
        if (isOpen(first)) open.remove((Series) first);
        else ofOthers -= first.size();
    }

    private static boolean isOpen(Work work) {
        return work instanceof Series series && !series.isChunk();
    }

    /**
     * Takes the next call, or as many as belong together, which start now; null if there is none, or none is wanted.
     * All memory that this needs is there before the first one is taken: what is in no place would be lost. The batch's
     * use of its function is counted.
     *
     * @param most how many calls of a function are wanted; 0: none
     */
    @Nullable
    Batch startNext(ToIntFunction<PoolFunction> most) {
        for (Work first = first(); first != null; first = first()) {
            int wanted = most.applyAsInt(first.function);
            if (wanted == 0) return null;
            Batch batch = first instanceof Call call ? join(call, wanted) : take(first, wanted);
            if (batch.itemCount() == 0) continue;
            batch.function.used();
            return batch;
        }
        return null;
    }

    private Batch take(Work first, int wanted) {
        Batch batch =
                first instanceof Series series ? series.take(wanted, BATCH_BYTES) : ((SeriesRest) first).take(wanted);
        if (!isOpen(first)) ofOthers -= batch.callCount();
        return batch;
    }

    /** Empty if all were cancelled. */
    private CallBatch join(Call first, int wanted) {
        CallBatch batch = new CallBatch(first.function, Math.min(wanted, queue.size()));
        Work next = first;
        while (next instanceof Call call && call.function == first.function && batch.itemCount() < wanted) {
            if (batch.itemCount() > 0 && batch.argumentBytes() + call.argumentBytes() > BATCH_BYTES) break;
            remove(call);
            if (call.start()) batch.add(call);
            // Not yet: the batch is the function's next use.
            call.function.unused();
            next = queue.peek();
        }
        if (batch.itemCount() == 0) { // all were cancelled
            first.function.used();
            unused.accept(first.function);
        }
        return batch;
    }

    /** The next that has a call to take; drops the cancelled, and the used up, before it. */
    private @Nullable Work first() {
        for (Work first = queue.peek(); first != null; first = queue.peek()) {
            if (!isOver(first)) return first;
            remove(first);
            unused.accept(first.function);
        }
        return null;
    }

    private static boolean isOver(Work work) {
        return work.isCancelled() || (work instanceof Series series ? series.isUsedUp() : work.size() == 0);
    }

    /** What the next call is on; null if there is none. */
    @Nullable
    PoolFunction nextFunction() {
        Work first = first();
        return first == null ? null : first.function;
    }

    /** Whether no call waits. */
    boolean isEmpty() {
        return first() == null;
    }

    /** How many calls wait, as far as anybody wants to know: cancelled ones count until their turn. */
    int size(int atMost) {
        long size = ofOthers;
        for (Series series : open) {
            if (size >= atMost) break;
            size += series.size();
        }
        return (int) Math.min(size, atMost);
    }

    /** Takes all. */
    void drain(Consumer<Work> each) {
        open.clear();
        ofOthers = 0;
        for (Work work = queue.poll(); work != null; work = queue.poll()) each.accept(work);
    }
}
