package io.coppice.wire.netty;

import java.time.Duration;

/**
 * Tells of connections that were cut off before they were admitted: the first few one by one, what follows soon by its
 * number, so that nobody can fill a log by connecting. Loop thread only.
 */
final class TurnedAway {
    private static final int ONE_BY_ONE = 5;
    private static final Duration TOGETHER_EVERY = Duration.ofSeconds(10);

    private final WireLoop loop;
    private final WorkerListener.Admission admission;
    private int toldAlone; // since it was quiet
    private int untold;
    private String lastReason = "";
    private boolean counts;

    TurnedAway(WireLoop loop, WorkerListener.Admission admission) {
        this.loop = loop;
        this.admission = admission;
    }

    void add(String reason) {
        if (!admission.isOfInterest()) return;
        if (toldAlone < ONE_BY_ONE) {
            toldAlone++;
            admission.turnedAway(reason, 1);
        } else {
            untold++;
            lastReason = reason;
        }
        if (!counts) countForAWhile();
    }

    private void countForAWhile() {
        counts = true;
        loop.schedule(TOGETHER_EVERY, () -> {
            counts = false;
            if (untold == 0) {
                toldAlone = 0;
            } else {
                tellTogether();
                countForAWhile(); // most likely it goes on
            }
        });
    }

    /** Tells what is untold. */
    void tellTogether() {
        int count = untold;
        untold = 0;
        if (count > 0) admission.turnedAway(lastReason, count);
    }
}
