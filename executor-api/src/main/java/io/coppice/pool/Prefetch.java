package io.coppice.pool;

import java.util.concurrent.TimeUnit;

/**
 * How many calls a worker is handed at a time: about a millisecond of measured work, so that it does not wait for its
 * next call while we hear that it has ended the last, and so that no call waits for longer than that behind others.
 *
 * <p>A function that was never measured gets one call. A worker that has some is topped up when it has answered half of
 * what it had, and less than half of the millisecond is left: so it always has work, and when calls come quicker than
 * workers take them, the frames in both directions hold hundreds of calls, not one. Calls
 * that take milliseconds are handed over one by one: waiting for the next one costs a hundredth of them, and a call
 * that was handed over cannot be cancelled.
 */
final class Prefetch {
    static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** However quick they are: so many calls wait in one worker at most. */
    static final int MOST_CALLS = 4096;

    private Prefetch() {}

    /** For a worker that has nothing. At least 1. */
    static int forIdle(PoolFunction function) {
        return Math.min(function.pace.callsIn(AHEAD_NANOS), MOST_CALLS);
    }

    /** Whether a worker that has so many calls of those it had, and so many nanoseconds of work, is to be topped up. */
    static boolean isDue(int has, int had, double nanosLeft) {
        return has <= Math.max(1, had / 2) && nanosLeft <= AHEAD_NANOS / 2.0;
    }

    /** How many calls more a worker gets that is being topped up, and has so many. */
    static int ahead(PoolFunction function, int has, double nanosLeft) {
        Pace pace = function.pace;
        if (!pace.isKnown() || nanosLeft + pace.nanosEach() > AHEAD_NANOS) return 0;
        return Math.min(pace.callsIn(AHEAD_NANOS - (long) nanosLeft), MOST_CALLS - has);
    }
}
