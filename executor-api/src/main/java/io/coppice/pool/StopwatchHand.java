package io.coppice.pool;

import io.coppice.launch.WorkerProcess;

/** What a stopwatch sees of its worker, and does to it. Dispatcher thread only. */
record StopwatchHand(Worker worker, WorkerOwner owner) implements Stopwatch.Hand {
    @Override
    public long begun() {
        long begun = worker.child.recordedTurn();
        return begun >= 0 ? begun : worker.handed.currentTurn(); // it has been sent one call, and no other
    }

    @Override
    public void hurry(long turn) {
        WorkerProcess process = worker.child.process();
        if (process != null) process.hurry(turn);
    }

    @Override
    public void condemn(long turn) {
        WorkerProcess process = worker.child.process();
        if (process != null) process.condemn(turn);
    }

    @Override
    public void kill() {
        owner.sentenced(worker);
    }
}
