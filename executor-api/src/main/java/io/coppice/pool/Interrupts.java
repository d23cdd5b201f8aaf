package io.coppice.pool;

import java.util.TreeSet;

/**
 * Which of the calls that a worker was handed are to be interrupted. Dispatcher thread only.
 *
 * <p>A call is interrupted when it is the first that has no answer: only that one may be running, as far as anybody
 * here knows, and what is behind it is taken back if it takes long. So one that is told follows an answer of the
 * worker's, and no matter how many calls are given up, what is told and not read does not fill the pipe, which the
 * dispatcher would have to wait for.
 */
final class Interrupts {
    /** Tells the worker: the first turn of the first, and of the last of them. */
    interface Teller {
        void interrupt(long first, long last);
    }

    private final Teller worker;
    private final Handed handed;
    private final TreeSet<Long> turns = new TreeSet<>(); // of calls that are not the first
    private long toldUpTo; // turn

    Interrupts(Teller worker, Handed handed) {
        this.worker = worker;
        this.handed = handed;
    }

    /** Interrupts this call, if it is here: now or as soon as it may run. */
    void call(CallSink sink) {
        long turn = handed.turnOf(sink);
        if (turn == 0) return;
        turns.add(turn);
        handedChanged();
    }

    /** Something was answered or given back. */
    void handedChanged() {
        if (turns.isEmpty()) return;
        long current = handed.currentTurn();
        if (current == 0) turns.clear();
        else turns.headSet(current).clear();
        if (turns.remove(current)) worker.interrupt(current, current);
    }

    /** Interrupts all; what has not begun will not run. */
    void all() {
        if (handed.isEmpty() || handed.lastTurn() <= toldUpTo) return; // it was told of all these
        toldUpTo = handed.lastTurn();
        worker.interrupt(handed.currentTurn(), toldUpTo);
    }
}
