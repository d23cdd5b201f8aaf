package io.coppice.pool;

import io.coppice.wire.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How long one worker takes for the call it is in, and what is done when that is too long: of a chunk, each item is a
 * call here. Dispatcher thread only.
 *
 * <pre>
 *   RUNS      -> HURRIED     its time is over, or it was cancelled: the worker's thread is interrupted in it
 *   HURRIED   -> CONDEMNED   the grace is over: the worker is asked to begin nothing else, and where it is
 *   CONDEMNED -> RUNS        it was over when the worker was asked
 *   CONDEMNED -> SENTENCED   the worker is in it, or does not answer: it is killed
 *   RUNS, HURRIED -> RUNS    another call was begun
 *   RUNS      -> CONDEMNED   it is in no call, and does not begin the next: it is asked whether it is there
 * </pre>
 *
 * Which call the worker has begun tells its flight record; nothing has to be sent for that. A worker is killed when it
 * has said that it is still in the call and begins no other, so no other call is hit. One that does not answer is
 * stopped as a whole, and begins nothing either. That may be so before it has begun a call that is waited for: then it
 * is asked about a turn that it cannot be at, so that its answer, if there is one, costs nothing; and the call, which was
 * not begun, goes to another worker.
 */
final class Stopwatch {
    /** From CONDEMN to its answer: the worker takes a look at its own stack. */
    private static final long ANSWERS_WITHIN_NANOS = 1_000_000_000;
    /** It is looked at about so many times in the time that it has. */
    private static final int LOOKS = 50;

    private static final long MOST_OFTEN_NANOS = 2_000_000;
    private static final long LEAST_OFTEN_NANOS = 50_000_000;

    private enum Stage {
        RUNS,
        HURRIED,
        CONDEMNED,
        SENTENCED
    }

    /** What is done to the worker. */
    interface Hand {
        /** The turn that was begun last, as far as it is known. */
        long begun();

        void hurry(long turn);

        void condemn(long turn);

        void kill();
    }

    private final Hand worker;
    private final Handed handed;
    private final Set<Long> cancelled = new HashSet<>(); // turns
    private final Set<Long> overTime = new HashSet<>(); // turns, which were told so and have no answer

    private long turn; // 0: of no call
    private long next; // turn that is to be begun, since then; 0: it is in a call, or has none
    private long sinceNanos; // this stage
    private Stage stage = Stage.RUNS;
    private long lastCondemned; // turn
    private List<StackTraceElement> stack = List.of();

    Stopwatch(Hand worker, Handed handed) {
        this.worker = worker;
        this.handed = handed;
    }

    /** This call is wanted no more, and was interrupted, or will be when it begins. */
    void cancelled(long turn) {
        cancelled.add(turn);
    }

    /** How long may pass until {@link #look} comes; 0 if there is nothing to look for. */
    long looksWithinNanos() {
        if (stage == Stage.SENTENCED) return 0;
        if (stage == Stage.CONDEMNED) return LEAST_OFTEN_NANOS;
        long shortest = handed.shortestLimitNanos();
        if (!cancelled.isEmpty()) shortest = Math.min(shortest, TimeLimit.GRACE_NANOS);
        return shortest == Long.MAX_VALUE
                ? 0
                : Math.max(MOST_OFTEN_NANOS, Math.min(LEAST_OFTEN_NANOS, shortest / LOOKS));
    }

    void look(long nowNanos) {
        switch (stage) {
            case RUNS, HURRIED -> lookAtCall(nowNanos);
            case CONDEMNED -> {
                // Also if the call has ended: the worker may not have known that when it was asked.
                if (nowNanos - sinceNanos >= ANSWERS_WITHIN_NANOS) sentence(List.of());
            }
            case SENTENCED -> {}
        }
    }

    private void lookAtCall(long nowNanos) {
        long begun = worker.begun();
        Batch batch = handed.batchWith(begun);
        if (batch == null) {
            lookAtNext(nowNanos);
            return;
        }
        if (begun != turn) {
            over();
            turn = begun;
            sinceNanos = nowNanos;
        }
        TimeLimit limit = batch.function.limit;
        boolean isCancelled = cancelled.contains(turn);
        if (limit == null && !isCancelled) return;
        long limitNanos = limit == null || isCancelled ? 0 : limit.nanos();
        long graceNanos = limit == null ? TimeLimit.GRACE_NANOS : limit.graceNanos();
        long passed = nowNanos - sinceNanos;
        if (stage == Stage.RUNS) {
            if (passed < limitNanos) return;
            if (!isCancelled) hurry(); // else it was interrupted when it was cancelled
            enter(Stage.HURRIED, nowNanos);
        } else if (passed >= graceNanos) {
            condemn(turn, nowNanos);
        }
    }

    private void lookAtNext(long nowNanos) {
        long due = handed.nextTurn();
        if (due == 0 || due != next) {
            over();
            next = due;
            sinceNanos = nowNanos;
        }
        Batch batch = handed.batchWith(due);
        if (batch == null) return;
        TimeLimit limit = batch.function.limit;
        boolean isCancelled = cancelled.contains(due);
        if (limit == null && !isCancelled) return;
        long limitNanos = limit == null || isCancelled ? 0 : limit.nanos();
        long graceNanos = limit == null ? TimeLimit.GRACE_NANOS : limit.graceNanos();
        if (nowNanos - sinceNanos - limitNanos >= graceNanos) condemn(handed.lastTurn() + 1, nowNanos);
    }

    private void condemn(long turn, long nowNanos) {
        this.turn = turn;
        worker.condemn(turn);
        lastCondemned = turn;
        enter(Stage.CONDEMNED, nowNanos);
    }

    private void hurry() {
        overTime.add(turn);
        worker.hurry(turn);
    }

    private void enter(Stage next, long nowNanos) {
        stage = next;
        sinceNanos = nowNanos;
    }

    private void over() {
        turn = 0;
        next = 0;
        stage = Stage.RUNS;
        if (!cancelled.isEmpty()) cancelled.removeIf(handed::isOver);
        if (!overTime.isEmpty()) overTime.removeIf(handed::isOver);
    }

    /**
     * The worker has answered. If the call has ended since, and its outcome came before this, the worker will begin
     * nothing all the same: it is killed because of no call.
     *
     * @return whether it was asked
     */
    boolean answered(Frame.Condemned answer) {
        if (answer.turn() > lastCondemned) return false;
        boolean isInTime = stage == Stage.CONDEMNED && answer.turn() == turn;
        if (answer.stack().isEmpty()) {
            if (isInTime) over();
        } else if (stage != Stage.SENTENCED) {
            if (!isInTime) turn = 0;
            sentence(answer.stack());
        }
        return true;
    }

    private void sentence(List<StackTraceElement> stack) {
        this.stack = stack;
        stage = Stage.SENTENCED;
        worker.kill();
    }

    /** Whether the worker is to get nothing more: it begins nothing, or is on its way out. */
    boolean isLastCall() {
        return stage == Stage.CONDEMNED || stage == Stage.SENTENCED;
    }

    /** Whether the worker's death is our doing, for the sake of a call. */
    boolean isSentenced() {
        return stage == Stage.SENTENCED;
    }

    /**
     * Whether one of these calls was told that its time is over: then that is what it ends with, if with a failure. The
     * worker may have begun others since.
     */
    boolean wereHurried(long first, int count) {
        if (overTime.isEmpty()) return false;
        for (long turn : overTime) if (turn >= first && turn < first + count) return true;
        return false;
    }

    /** Whether the worker was asked, or killed, because of this call. */
    boolean isBecauseOf(long turn) {
        return turn == this.turn && stage != Stage.RUNS;
    }

    /** Where the worker was in the call. */
    List<StackTraceElement> stack() {
        return stack;
    }
}
