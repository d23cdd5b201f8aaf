package io.coppice.thread;

import org.jspecify.annotations.Nullable;

/** A thread of one pool: a daemon, which knows what it runs and whether its initializer has run. */
public final class PoolThread extends Thread {
    private final OnDemandThreads pool;
    private boolean initialized; // this thread only
    private @Nullable Runnable running; // this thread only
    private boolean idle; // this thread only: counted as such by the pool

    PoolThread(OnDemandThreads pool, Runnable body, String name) {
        super(body, name);
        this.pool = pool;
        setDaemon(true);
    }

    /** Whether the calling thread is one of this pool's. */
    public static boolean isCurrentOneOf(OnDemandThreads pool) {
        return Thread.currentThread() instanceof PoolThread thread && thread.pool == pool;
    }

    public boolean isInitialized() {
        return initialized;
    }

    public void setInitialized() {
        initialized = true;
    }

    /** Between the JDK's pool and its task. */
    void takesTask() {
        idle = false;
    }

    /** To be called by this thread before others see that its task has ended; if not, it is called after the task. */
    public void becomesIdle() {
        if (idle) return;
        idle = true;
        pool.becomesIdle();
    }

    /** Its task has ended, but this thread has more to do for it, which may take long. */
    public void becomesBusyAgain() {
        if (!idle) return;
        idle = false;
        pool.becomesBusyAgain();
    }

    /** What this thread runs, or runs the callbacks of; null between two. */
    public @Nullable Runnable running() {
        return running;
    }

    public void setRunning(@Nullable Runnable running) {
        this.running = running;
    }
}
