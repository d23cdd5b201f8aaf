package io.coppice.thread;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's pool with Python's growth: a task goes to an idle thread if there is one, to a new thread while there may be
 * more, else it waits. (The JDK's own starts a thread per task up to its core size, idle ones or not, and beyond that
 * prefers waiting to starting.)
 */
public final class OnDemandThreads extends ThreadPoolExecutor {
    /** Refuses what no thread is waiting for: then the pool starts one, or, at its maximum, asks {@link #queue}. */
    private static final class IdleThreadsFirst extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    public OnDemandThreads(int maxThreads, ThreadFactory factory) {
        super(
                0,
                maxThreads,
                Long.MAX_VALUE,
                TimeUnit.NANOSECONDS,
                new IdleThreadsFirst(),
                factory,
                (task, pool) -> queue(task, (OnDemandThreads) pool));
    }

    /** All threads are busy, or the pool is shut down. */
    private static void queue(Runnable task, OnDemandThreads pool) {
        if (!pool.isShutdown()) {
            ((IdleThreadsFirst) pool.getQueue()).put(task);
            // A shutdown that came between may have ended the last thread that would have taken it.
            if (!pool.isShutdown() || !pool.remove(task)) return;
        }
        throw new RejectedExecutionException("no calls are taken after shutdown");
    }
}
