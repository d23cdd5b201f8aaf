package io.coppice.thread;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

    private final AtomicInteger lastThread = new AtomicInteger();

    /** Threads are called {@code prefix_0}, {@code prefix_1}, ... and are {@link PoolThread}s. */
    public OnDemandThreads(int maxThreads, String prefix) {
        super(
                0,
                maxThreads,
                Long.MAX_VALUE,
                TimeUnit.NANOSECONDS,
                new IdleThreadsFirst(),
                (task, pool) -> queue(task, (OnDemandThreads) pool));
        setThreadFactory(body -> new PoolThread(this, body, prefix + "_" + lastThread.getAndIncrement()));
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
