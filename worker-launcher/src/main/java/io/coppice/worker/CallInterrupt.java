package io.coppice.worker;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the lifeline interrupt one call, wherever it is, and never the one after it.
 *
 * <p>{@link #interrupt} first marks the call and then looks whether it runs; {@link #begins} first says that it runs and
 * then looks for the mark: at least one of the two sees the other. The executing thread leaves a call only when nobody is
 * just interrupting it, and takes the interrupt off itself then.
 */
final class CallInterrupt {
    private static final long NOTHING = 0; // no call has this id
    private static final long INTERRUPTING = -1;

    private final Thread executing;
    private final AtomicLong running = new AtomicLong(NOTHING);
    private volatile long marked = NOTHING;

    /** @param executing the thread that calls {@link #begins} and {@link #ends} */
    CallInterrupt(Thread executing) {
        this.executing = executing;
    }

    /** An item of this call is about to run; false if it must not, for its call was interrupted. */
    boolean begins(long call) {
        running.set(call);
        return marked != call;
    }

    /** The item has ended, or was not begun. */
    void ends(long call) {
        while (!running.compareAndSet(call, NOTHING)) Thread.onSpinWait();
        Thread.interrupted(); // by us, or left behind by the call: it is not the next one's
    }

    /** Any thread. */
    void interrupt(long call) {
        marked = call;
        if (!running.compareAndSet(call, INTERRUPTING)) return; // over, or not begun
        executing.interrupt();
        running.set(call);
    }
}
