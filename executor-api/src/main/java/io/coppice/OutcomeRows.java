package io.coppice;

import io.coppice.pool.Fault;
import io.coppice.pool.Loss;
import io.coppice.pool.SeriesSink;
import io.coppice.wire.Items;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of one series on their way from the dispatcher's thread to the one that iterates: rows, each as one
 * answer brought it, in whatever order workers answer. No item costs anything here, only a row does.
 *
 * <p>Rows are pushed on a stack. The taker takes the stack whole, when it has used up what it had, and files what it
 * took by the number of the first item. No two rows have an item in common and each item is taken after the one before
 * it, so the outcome of the next item is either at the beginning of the first row filed or has not come.
 *
 * <p><b>No wake-up is lost, and none is wasted.</b> The dispatcher pushes a row, then looks who waits; the taker says
 * for what it waits, then looks at the stack. All four are volatile, so they have one order: if the dispatcher sees
 * nobody, the taker's look comes after the push and finds the row. The dispatcher unparks a thread only for the row
 * that begins with what this waits for. A breakage goes the same way, and is looked at before the stack: what was
 * pushed before it is seen with it.
 */
final class OutcomeRows implements SeriesSink, CodeHolder {
    /** Outcomes of items that follow each other, or their cancellation, or the loss of one. */
    static final class Row {
        final int first;
        final int count;
        final @Nullable Items outcomes; // null: they were cancelled, or lost
        final @Nullable Origin origin; // with outcomes
        final @Nullable Loss loss;

        @Nullable
        Row next; // the pusher's until it is on the stack, then the taker's

        private Row(int first, int count, @Nullable Items outcomes, @Nullable Origin origin, @Nullable Loss loss) {
            this.loss = loss;
            this.first = first;
            this.count = count;
            this.outcomes = outcomes;
            this.origin = origin;
        }
    }

    private record Waiter(Thread thread, int item) {}

    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(OutcomeRows.class, "top", Row.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile @Nullable Row top; // pushed to by CAS, taken whole by the taker
    private volatile Promise.@Nullable Unread breakage; // the first one stands
    private volatile @Nullable Waiter waiter; // the taker's

    // The taker's: what it took from the stack, by the numbers of the items.
    private @Nullable Row filed;
    private @Nullable Row filedLast; // the one that was filed last: the next one mostly belongs behind it

    @SuppressWarnings(
            "UnusedVariable") // held: by the engine while outcomes are to come, by the taker while they are to be read
    private Object code;

    /** @param code what must not be collected before */
    OutcomeRows(Object code) {
        this.code = code;
    }

    @Override
    public void hold(Set<ClassLoader> loaders) {
        if (!loaders.isEmpty()) code = List.of(code, loaders);
    }

    // ---- from the engine ----

    @Override
    public void answer(int firstItem, Items outcomes, Origin origin) {
        push(new Row(firstItem, outcomes.count(), outcomes, origin, null));
    }

    @Override
    public void cancelled(int firstItem, int count) {
        push(new Row(firstItem, count, null, null, null));
    }

    @Override
    public void lost(int item, Loss loss) {
        push(new Row(item, 1, null, null, loss));
    }

    @Override
    public void broken(Supplier<String> message, Fault fault) {
        if (breakage == null) breakage = RemoteOutcome.neverCame(message, fault);
        Waiter waits = waiter;
        if (waits != null) LockSupport.unpark(waits.thread);
    }

    private void push(Row row) {
        do {
            row.next = top;
        } while (!TOP.compareAndSet(this, row.next, row));
        Waiter waits = waiter;
        if (waits != null && waits.item == row.first) LockSupport.unpark(waits.thread);
    }

    // ---- for the one thread that takes, the items in order ----

    /** Whether this item, which is in no row that was taken, has an outcome, or never will. */
    boolean isThere(int item) {
        if (filed != null && filed.first == item) return true;
        boolean broken = breakage != null; // looked at first
        fileAll();
        return broken || (filed != null && filed.first == item);
    }

    /** The row that begins with this item, which is there; null: the pool broke, and the item has no outcome. */
    @Nullable
    Row take(int item) {
        Row row = filed;
        if (row == null || row.first != item) return null;
        filed = row.next;
        row.next = null;
        if (filedLast == row) filedLast = null;
        return row;
    }

    /** Why an item has no outcome. */
    Promise.Unread breakage() {
        Promise.Unread broken = breakage;
        if (broken == null) throw new IllegalStateException("an item was taken before it was there");
        return broken;
    }

    /** Waits until this item is there, so long at most; says whether it is. Long.MAX_VALUE is for ever. */
    boolean await(int item, long nanos) throws InterruptedException {
        if (isThere(item)) return true;
        if (Thread.interrupted()) throw new InterruptedException();
        if (nanos <= 0) return false;
        long start = System.nanoTime();
        waiter = new Waiter(Thread.currentThread(), item);
        try {
            while (!isThere(item) && !Thread.currentThread().isInterrupted()) {
                long left = Durations.left(start, nanos);
                if (left <= 0) break;
                if (nanos == Long.MAX_VALUE) LockSupport.park(this);
                else LockSupport.parkNanos(this, left);
            }
        } finally {
            waiter = null;
        }
        if (isThere(item)) return true;
        if (Thread.interrupted()) throw new InterruptedException();
        return false;
    }

    private void fileAll() {
        if (top == null) return;
        Row oldestFirst = null;
        for (Row row = (Row) TOP.getAndSet(this, null); row != null; ) {
            Row older = row.next;
            row.next = oldestFirst;
            oldestFirst = row;
            row = older;
        }
        while (oldestFirst != null) {
            Row row = oldestFirst;
            oldestFirst = row.next;
            file(row);
        }
    }

    private void file(Row row) {
        Row before = filedLast != null && filedLast.first < row.first ? filedLast : null;
        Row after = before == null ? filed : before.next;
        while (after != null && after.first < row.first) {
            before = after;
            after = after.next;
        }
        row.next = after;
        if (before == null) filed = row;
        else before.next = row;
        filedLast = row;
    }
}
