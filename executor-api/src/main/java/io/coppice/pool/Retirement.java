package io.coppice.pool;

/** Whether a worker is to leave, and for what it waits until then. Dispatcher thread only. */
final class Retirement {
    private boolean waitsForAnother;
    private boolean takesNoMore;
    private long lookedNanos; // at its memory; 0: never

    /** It gets nothing more, and leaves when it has nothing. */
    void isDue() {
        takesNoMore = true;
        waitsForAnother = true;
    }

    /** Another is to take its place, and then it leaves; until then it goes on. */
    void isWanted() {
        waitsForAnother = true;
    }

    /** Whether it leaves as soon as it has nothing and another is up. */
    boolean waitsForAnother() {
        return waitsForAnother;
    }

    /** Whether it leaves as soon as it has nothing. */
    boolean takesNoMore() {
        return takesNoMore;
    }

    /** Whether so much time has passed since this was true last. */
    boolean isTimeToLook(long everyNanos) {
        long now = System.nanoTime();
        if (lookedNanos != 0 && now - lookedNanos < everyNanos) return false;
        lookedNanos = now;
        return true;
    }
}
