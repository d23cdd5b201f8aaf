package io.coppice;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that a process pool runs its callbacks on, in the order the futures ended. Apart from the dispatcher's,
 * so that a callback that blocks, waits for another future of the pool, or shuts it down, stops nothing but callbacks. It
 * starts with the first callback and, as it is no daemon, keeps the JVM alive until the last has run.
 */
final class Callbacks implements Executor {
    private static final long IDLE_MILLIS = 50;

    private final java.util.concurrent.ThreadPoolExecutor thread;
    private volatile @Nullable Thread current;

    Callbacks(String pool) {
        thread = new java.util.concurrent.ThreadPoolExecutor(
                1, 1, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, pool + "-callbacks");
                    made.setDaemon(false);
                    current = made;
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable callbacks) {
        thread.execute(callbacks);
    }

    /** No more will come; those that have still run. */
    void end() {
        thread.shutdown();
    }

    /** Waits for the last callback, and says whether it is over; if a callback asks, it does not wait for itself. */
    boolean await(Duration atMost) throws InterruptedException {
        if (Thread.currentThread() == current) return true;
        return thread.awaitTermination(Durations.nanos(atMost), TimeUnit.NANOSECONDS);
    }
}
