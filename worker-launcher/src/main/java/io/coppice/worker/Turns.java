package io.coppice.worker;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which call the executing thread is at, and what the lifeline may do to it there: give back what has not begun,
 * interrupt what runs, and send the outcomes that have been gathered, while the thread is in the user's code for as
 * long as that likes.
 *
 * <pre>
 *   word = turn of the call that has begun last (of a chunk: of its last item), with one of
 *
 *   OURS     between calls, or in ours: appends to what is gathered, sends it, waits for a frame
 *   AWAY     in code of the user's that nobody interrupts: arguments are read, a result is written
 *   RUNNING  in the function of a call
 *   CHUNK    in a chunk: in its functions, but also gathering their outcomes
 *
 *             interrupted by the lifeline    what is gathered is sent by the lifeline
 *   OURS               no                                no
 *   AWAY               no                                yes
 *   RUNNING            yes                               yes
 *   CHUNK              yes                               no
 * </pre>
 *
 * <b>A call against a RECALL or an INTERRUPT.</b> The executing thread says in {@link #word} what it begins, and then
 * looks at {@link #attention}; the lifeline says in {@code attention} that it wants something, and then looks at
 * {@code word}. Both are volatile, so at least one of the two sees the other:
 *
 * <ul>
 *   <li>The lifeline sees the call: it has begun, so it is kept; and it is interrupted where it is.
 *   <li>The executing thread sees that something is wanted: it goes by what the lifeline has decided, under the
 *       monitor. The lifeline decides under the same monitor, on what it saw; so if both saw each other, the call is
 *       kept.
 * </ul>
 *
 * What was given back stays in {@link #givenBack} until the executing thread has passed it, whenever its frames come.
 * The turn in {@code word} never goes down, so a later RECALL cannot give back what has begun.
 *
 * <p><b>The end of a call against the lifeline.</b> The lifeline does what it does to the executing thread only while
 * it holds it: it has put HELD into {@code word}, by a CAS from exactly the phase it saw. The executing thread leaves a
 * phase by a CAS from the same value; if that fails it waits for the monitor, which the lifeline has as long as it
 * holds. So an interrupt comes to the thread before the call's end, where the flag is taken off, or not at all; and
 * what is gathered is touched by one thread at a time, each seeing what the other has written, through {@code word}.
 *
 * <p><b>Outcomes that are wanted while the executing thread is in OURS</b> cannot be sent by the lifeline, and the
 * thread may be on its way into a call that takes for ever. But then it sees {@code attention}, which is 0 before the
 * lifeline looks at {@code word}, when it begins that call, and sends them first. If it begins none, it sends them at
 * the end of the frame.
 *
 * <p>A function that never returns holds nobody up: in its phase the monitor is not held, and the lifeline waits for
 * nothing but the socket, which the parent always reads.
 */
final class Turns {
    private static final int OURS = 0;
    private static final int AWAY = 1;
    private static final int RUNNING = 2;
    private static final int CHUNK = 3;
    private static final int PHASES = 3;
    private static final int HELD = 4;
    private static final int TURN_SHIFT = 3;

    /** What the executing thread is to do with a call it has begun. */
    enum Verdict {
        RUN,
        /** Not run, and answered as interrupted. */
        INTERRUPTED,
        /** Not run, and not answered: another worker may run it. */
        GIVEN_BACK,
        /** Send what is gathered, then begin again. */
        SEND_FIRST
    }

    /** What the lifeline does while it holds the executing thread. */
    interface Sending {
        void send() throws IOException;
    }

    private final Thread executing;
    private final AtomicLong word = new AtomicLong(OURS);
    /** The lowest turn at which the executing thread has to {@link #look}. */
    private volatile long attention = Long.MAX_VALUE;

    /** The item that has begun and not ended; 0 if there is none. */
    private final AtomicLong item = new AtomicLong();

    /** First turn of the chunk that runs. Written before CHUNK, read by who holds CHUNK. */
    private long chunk;

    // Guarded by this monitor.
    private final TurnRanges givenBack = new TurnRanges();
    private final TurnRanges interrupted = new TurnRanges();
    private boolean outcomesWanted;
    private boolean heldUp; // begins no further item
    private boolean stray; // an interrupt may have come when its item had ended

    Turns(Thread executing) {
        this.executing = executing;
    }

    // ---- the executing thread ----

    /** A call begins, in its function at once. False: {@link #look} first. */
    boolean begins(long turn) {
        item.setOpaque(turn);
        word.set(turn << TURN_SHIFT | RUNNING);
        return turn < attention;
    }

    /** A call begins with something that is not interrupted; {@link #enters} comes next. False: {@link #look} first. */
    boolean beginsAway(long turn) {
        item.setOpaque(turn);
        word.set(turn << TURN_SHIFT | AWAY);
        return turn < attention;
    }

    /** As {@link #beginsAway}, of a chunk; {@link #entersChunk} comes next. */
    boolean beginsChunk(long first, long last) {
        chunk = first;
        word.set(last << TURN_SHIFT | AWAY);
        return first < attention;
    }

    /** From AWAY into the function. False: {@link #mayRun} tells. */
    boolean enters(long turn) {
        becomes(RUNNING);
        return turn < attention;
    }

    /** From AWAY or OURS into the functions of a chunk. False: {@link #mayRun} tells. */
    boolean entersChunk(long first) {
        becomes(CHUNK);
        return first < attention;
    }

    /** Between two items of a chunk. False: {@link #look} first. */
    boolean goesOn(long first) {
        return first < attention;
    }

    /** An item of a chunk begins; {@link #goesOn} comes next. */
    void beginsItem(long turn) {
        item.setOpaque(turn);
    }

    /** An item of a chunk has ended. */
    void endsItem() {
        item.setOpaque(0);
    }

    /** From the function to the writing of its result. What has interrupted the function is not meant for that. */
    void leaves() {
        becomes(AWAY);
        Thread.interrupted();
    }

    /** The call has ended, or is not run. No interrupt of before is left on the thread. */
    void ends() {
        item.setOpaque(0);
        pauses();
    }

    /** A chunk pauses in one of its items: the user's code that comes next is not interrupted. */
    void pauses() {
        becomes(OURS);
        Thread.interrupted();
    }

    private void becomes(int phase) {
        long before = word.get();
        if ((before & HELD) == 0 && word.compareAndSet(before, before & ~PHASES | phase)) return;
        synchronized (this) { // until it is no longer held
            word.set(word.get() & ~(PHASES | HELD) | phase);
        }
    }

    /** What is to be done with the call that has begun, by the turn of its first item. */
    synchronized Verdict look(long first) {
        awaitMercy();
        Thread.interrupted(); // was meant for an item that has ended, or stands in `interrupted`
        stray = false;
        givenBack.dropBefore(first);
        interrupted.dropBefore(first);
        boolean sendFirst = outcomesWanted;
        outcomesWanted = false;
        attend();
        if (sendFirst) return Verdict.SEND_FIRST;
        if (givenBack.contains(first)) return Verdict.GIVEN_BACK;
        return interrupted.contains(first) ? Verdict.INTERRUPTED : Verdict.RUN;
    }

    /** Of a call that was not given back: whether it was not interrupted either. */
    synchronized boolean mayRun(long turn) {
        return !interrupted.contains(turn);
    }

    // ---- the lifeline ----

    /** Interrupts the calls whose first turn is one of these: now, or when they begin. */
    synchronized void interrupt(long first, long last) {
        interrupted.add(first, last);
        attend();
        long held = hold(RUNNING, CHUNK);
        if (held == OURS) return;
        long running = (held & PHASES) == CHUNK ? chunk : held >> TURN_SHIFT;
        if (first <= running && running <= last) executing.interrupt();
        word.set(held);
    }

    /**
     * Gives back what has not begun of these turns, and sees to it that what is gathered is sent: at once by
     * {@link #ifAway}, which has to come next, or else before the next call begins.
     *
     * @return the last turn that is kept; −1 if nothing is given back that was not before
     */
    synchronized long recall(long upTo, long from) {
        outcomesWanted = true;
        attend();
        long begun = word.get() >> TURN_SHIFT;
        long kept = Math.max(begun, from - 1);
        return kept < upTo && givenBack.add(kept + 1, upTo) ? kept : -1;
    }

    /** Sends what is gathered if the executing thread is where it cannot; waits for nothing else. */
    synchronized void ifAway(Sending sending) throws IOException {
        long held = hold(AWAY, RUNNING);
        if (held == OURS) return;
        try {
            sending.send();
            outcomesWanted = false;
            attend();
        } finally {
            word.set(held);
        }
    }

    /** Holds the executing thread in one of these phases. @return what was there, or OURS if it is in neither */
    private long hold(int phase, int orPhase) {
        while (true) {
            long there = word.get();
            if ((there & PHASES) != phase && (there & PHASES) != orPhase) return OURS;
            // Again, if it went from one to the other; it cannot go far: see attention.
            if (word.compareAndSet(there, there | HELD)) return there;
        }
    }

    // ---- one item, which has taken too long ----

    /**
     * Interrupts the executing thread in the function of this item, of a chunk or not; not if it is in it no more, or
     * where it is not to be interrupted.
     */
    synchronized void interruptItem(long turn) {
        if (!isHeldUpIn(turn)) return;
        long held = hold(RUNNING, CHUNK); // and it cannot leave the frame before the interrupt has come
        if (held != OURS) {
            executing.interrupt();
            stray = (held & PHASES) == CHUNK; // whose items end without asking
            word.set(held);
        }
        goesOn();
    }

    /**
     * Sees to it that the executing thread begins nothing any more, if it is still in this item: then it can be killed,
     * and nothing else is lost.
     *
     * @return where it is; null if it is in this item no more, and goes on
     */
    synchronized StackTraceElement @Nullable [] condemn(long turn) {
        return isHeldUpIn(turn) ? executing.getStackTrace() : null;
    }

    /**
     * Whether it is in this item; then it begins no other until {@link #goesOn()}.
     *
     * <p>The executing thread says which item it begins and then looks at {@code attention}; here it is the other way
     * round. For a chunk's item that is not enough, as it says so without a fence: but for its stack to be taken it has
     * to stop, or be stopped at, and so it sees {@code attention} from then on, and what it has said before is seen here.
     */
    private boolean isHeldUpIn(long turn) {
        heldUp = true;
        attend();
        executing.getStackTrace();
        if (item.get() == turn) return true;
        goesOn();
        return false;
    }

    private void goesOn() {
        heldUp = false;
        attend();
        notifyAll();
    }

    /** What ends this wait is the end of the process, if it is condemned. */
    private void awaitMercy() {
        while (heldUp) {
            try {
                wait();
            } catch (InterruptedException meantForTheItem) {
                // which has ended
            }
        }
    }

    private void attend() {
        attention = outcomesWanted || heldUp || stray ? 0 : Math.min(givenBack.lowest(), interrupted.lowest());
    }
}
