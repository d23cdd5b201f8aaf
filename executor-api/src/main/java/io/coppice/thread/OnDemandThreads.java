package io.coppice.thread;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's pool with Python's growth: a task goes to an idle thread if there is one, to a new thread while there may be
 * more, else it waits. (The JDK's own starts a thread per task up to its core size, idle ones or not.)
 *
 * <p>A thread counts as idle from the moment before its task's result is seen: who waits for one result and then submits
 * the next task meets an idle thread, though that is still on its way to the queue. If it turns out that it has callbacks
 * to run first, it counts as busy again, and where a task relied on it, a new thread takes its place.
 *
 * <p>It shuts itself down when the executor in front of it is garbage: the idle threads look, once in a while. Busy ones
 * become idle, and then do; so what was submitted is run first, and no thread or cleaner is needed for it.
 */
public final class OnDemandThreads extends ThreadPoolExecutor {
    private static final long LOOKS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Where idle threads wait. */
    private static final class Tasks extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // nobody serializes it
        private final WeakReference<Object> owner;

        @SuppressWarnings("serial")
        private @Nullable OnDemandThreads pool; // written before any thread starts

        Tasks(Object owner) {
            this.owner = new WeakReference<>(owner);
        }

        @Override
        public Runnable take() throws InterruptedException {
            while (true) {
                Runnable task = poll(LOOKS_EVERY_NANOS, TimeUnit.NANOSECONDS);
                if (task != null) return task;
                // Interrupts the idle threads, this one too, which makes them see that they may end. (After a shutdown
                // one may have seen a last task that was then taken out.)
                if (pool != null && (owner.refersTo(null) || pool.isShutdown())) pool.shutdown();
            }
        }

        /** All threads are there and none is idle: the task waits. */
        @Override
        public boolean offer(Runnable task) {
            if (pool != null) pool.idle.decrementAndGet();
            return super.offer(task);
        }
    }

    /**
     * Idle threads less waiting tasks. A thread that takes a task changes neither the one nor the other side alone; so this
     * changes only where a task comes to wait, and where a thread becomes idle or, having been idle, busy again.
     */
    private final AtomicInteger idle = new AtomicInteger();

    private final AtomicInteger lastThread = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet(); // all that were made, but for some that are dead
    private final String prefix;

    /**
     * Threads are called {@code prefix_0}, {@code prefix_1}, ... and are {@link PoolThread}s.
     *
     * @param owner the executor that alone gives tasks to this; held weakly
     */
    public OnDemandThreads(Object owner, int maxThreads, String prefix) {
        super(maxThreads, maxThreads, 0, TimeUnit.NANOSECONDS, new Tasks(owner));
        this.prefix = prefix;
        ((Tasks) getQueue()).pool = this;
        setThreadFactory(this::newThread);
        setRejectedExecutionHandler((task, pool) -> checkOpen());
    }

    private Thread newThread(Runnable body) {
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread made = new PoolThread(this, body, prefix + "_" + lastThread.getAndIncrement());
        threads.add(made);
        return made;
    }

    /** Waits for the threads to be gone, too: to the JDK's pool it is over when they are about to go. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long start = System.nanoTime();
        if (!super.awaitTermination(timeout, unit)) return false;
        for (Thread thread : threads) {
            long left = unit.toNanos(timeout) - (System.nanoTime() - start);
            if (thread.isAlive() && thread != Thread.currentThread()) thread.join(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    @Override
    public void execute(Runnable task) {
        if (!takeIdle()) {
            super.execute(task);
            return;
        }
        checkOpen();
        ((Tasks) getQueue()).put(task);
        // A shutdown that came between may have ended the thread that would have taken it.
        if (isShutdown() && remove(task)) checkOpen();
    }

    /** Throws after a shutdown. */
    public void checkOpen() {
        if (isShutdown())
            throw new RejectedExecutionException(
                    "no calls are taken after shutdown: pool=" + prefix + "; make a new pool");
    }

    /** Counts on an idle thread, if there is one. */
    private boolean takeIdle() {
        int seen = idle.get();
        while (seen > 0) {
            if (idle.compareAndSet(seen, seen - 1)) return true;
            seen = idle.get();
        }
        return false;
    }

    /** A thread will take the next task soon. */
    void becomesIdle() {
        idle.incrementAndGet();
    }

    /** It will not. If a task counts on it, a new thread takes its place, while there may be more. */
    void becomesBusyAgain() {
        if (takeIdle()) return;
        boolean replaced = false;
        try {
            replaced = prestartCoreThread();
        } catch (OutOfMemoryError noThread) {
            // The task waits, as it does when there may be no more.
        }
        if (!replaced) idle.decrementAndGet();
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        ((PoolThread) thread).takesTask();
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        ((PoolThread) Thread.currentThread()).becomesIdle();
    }
}
