package io.coppice.pool;

import io.coppice.wire.netty.WireLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other threads leave for the dispatcher's, and the little they may read of its state. Thread-safe.
 *
 * <p>Nothing is left lying: whoever puts something in wakes the loop afterwards, and the loop looks in here after it has
 * made itself wakeable and before it waits.
 */
final class Inbox {
    private final ConcurrentLinkedQueue<Work> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private volatile @Nullable WireLoop loop; // null until there is one, and it does not wait before

    private volatile boolean closing;
    private volatile boolean ended;
    private final AtomicReference<@Nullable Breakage> breakage = new AtomicReference<>();

    // ---- from any thread ----

    void add(Work work) {
        calls.add(work);
    }

    /** To be run on the dispatcher's thread; not at all if that has ended. */
    void request(Runnable task) {
        requests.add(task);
        wakeup();
    }

    void wakeup() {
        WireLoop loop = this.loop;
        if (loop != null) loop.wakeup();
    }

    boolean isEmpty() {
        return calls.isEmpty() && requests.isEmpty();
    }

    int callCount() {
        return calls.size();
    }

    boolean hasCalls() {
        return !calls.isEmpty();
    }

    /** No more calls are taken. */
    void setClosing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Nobody looks in here any more. */
    void setEnded() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** The first breakage stands. */
    void setBreakage(Breakage breakage) {
        this.breakage.compareAndSet(null, breakage);
    }

    @Nullable
    Breakage breakage() {
        return breakage.get();
    }

    /**
     * Ends the calls that came too late. Run by the dispatcher's thread after {@link #setEnded}, and by a submitter that
     * finds it set after adding its call: whichever is second finds the call.
     */
    void endLateCalls() {
        for (Work work = calls.poll(); work != null; work = calls.poll()) {
            Breakage broken = breakage();
            if (broken != null) broken.endPending(work);
            else work.cancelByPool(unstarted -> {});
        }
    }

    // ---- for the dispatcher's thread ----

    void setLoop(WireLoop loop) {
        this.loop = loop;
    }

    /**
     * Takes all that is there, a request after every call that its maker had added before.
     *
     * @param callsCome run before the first of some calls leaves the inbox
     */
    void takeAll(Runnable callsCome, Consumer<Work> taker) {
        takeCalls(callsCome, taker);
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            takeCalls(callsCome, taker);
            request.run();
        }
    }

    private void takeCalls(Runnable callsCome, Consumer<Work> taker) {
        if (calls.isEmpty()) return;
        callsCome.run();
        for (Work work = calls.poll(); work != null; work = calls.poll()) taker.accept(work);
    }
}
