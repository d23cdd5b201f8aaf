package io.coppice;

import io.coppice.lifetime.Log;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
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
        waiting.add(callbacks);
        try {
            thread.execute(this::runWaiting);
        } catch (OutOfMemoryError noThread) {
            // They wait for the next one that gets a thread, or for the end; the dispatcher, which calls this, goes on.
            Log.of(Callbacks.class).error("no thread could be started for callbacks; they come later", noThread);
        }
    }

    private void runWaiting() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) next.run();
    }

    /** No more will come; those that have still run. May be called again. */
    void end() {
        if (thread.isShutdown()) return;
        try {
            if (!waiting.isEmpty()) thread.execute(this::runWaiting);
        } catch (OutOfMemoryError noThread) {
            runWaiting(); // the dispatcher has nothing else left to do
        } catch (RejectedExecutionException endedMeanwhile) {
            return;
        }
        thread.shutdown();
    }

    /** Whether the last callback has run, and none will come. */
    boolean hasEnded() {
        return thread.isTerminated();
    }

    /** Waits for the last callback, and says whether it is over; if a callback asks, it does not wait for itself. */
    boolean await(Duration atMost) throws InterruptedException {
        if (Thread.currentThread() == current) return true;
        return thread.awaitTermination(Durations.nanos(atMost), TimeUnit.NANOSECONDS);
    }
}
