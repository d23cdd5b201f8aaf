package io.coppice.pool;

/**
 * Gives pending calls to workers: first to those that have nothing, then ahead to those that will soon have nothing,
 * and sees that there are workers enough. Dispatcher thread only.
 */
final class HandOver {
    private final PendingCalls pending;
    private final RecallWatch recalls;
    private final TimeWatch times;
    private final PoolSettings settings;
    private int handedOver; // batches that have not ended
    private long count; // of batches so far; whoever has the results of a map sees its batches: ordered by these

    HandOver(PendingCalls pending, RecallWatch recalls, TimeWatch times, PoolSettings settings) {
        this.times = times;
        this.pending = pending;
        this.recalls = recalls;
        this.settings = settings;
    }

    /** So many batches are no worker's any more. */
    void ended(int batches) {
        handedOver -= batches;
    }

    /** How often a worker was handed something so far. */
    long count() {
        return count;
    }

    /** Whether no worker has anything. */
    boolean isOver() {
        return handedOver == 0;
    }

    void toIdle(Roster roster) {
        for (Worker worker = roster.nextIdle(); worker != null; worker = roster.nextIdle()) {
            if (!hand(worker)) return;
            roster.isNotIdle(worker);
        }
    }

    /** What is left when all that are idle have something. */
    void ahead(Roster roster) {
        for (PoolFunction next = pending.nextFunction(); next != null; next = pending.nextFunction()) {
            Worker worker = roster.nextWithRoom(next);
            if (worker == null || !hand(worker)) return;
        }
    }

    private boolean hand(Worker worker) {
        Batch batch = pending.startNext(function -> share(worker.room(function, settings.maxTasksPerChild())));
        if (batch == null) return false;
        handedOver++;
        count++;
        try {
            worker.run(batch);
        } catch (Throwable noMemory) { // what is in no place would be lost
            new Breakage("the dispatcher failed", noMemory).endRunning(batch);
            throw noMemory;
        }
        if (worker.handed.isToBeWatched()) recalls.watch();
        if (batch.function.limit != null) times.watch();
        return true;
    }

    /**
     * Of what a worker has room for, no more than half of its share of what waits: the nearer the end, the smaller the
     * batches, so that all workers end at about the same time.
     */
    private int share(int room) {
        int workers = settings.maxWorkers();
        if (room <= 1 || workers == 1) return room;
        long shared = 2L * workers;
        return (int) Math.max(1, pending.size((int) Math.min(Integer.MAX_VALUE, room * shared)) / shared);
    }

    /** One worker per call that has none, counting those just starting, and the spare ones; never more than allowed. */
    void startWorkers(Workers workers) {
        Roster roster = workers.roster;
        int room = roster.room();
        if (room <= 0) return;
        int needed = pending.size(room + roster.startingCount()) - roster.startingCount();
        for (; room > 0 && needed > 0; room--, needed--) workers.start();
        for (int spares = roster.missingSpares(); spares > 0; spares--) workers.start();
    }
}
