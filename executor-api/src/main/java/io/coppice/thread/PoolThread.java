package io.coppice.thread;

/** A thread of one pool: a daemon, which knows whether its initializer has run. */
public final class PoolThread extends Thread {
    private final OnDemandThreads pool;
    private boolean initialized; // this thread only

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
}
