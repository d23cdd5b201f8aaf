package io.coppice.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool's few daemon threads for what blocks, so that the dispatcher's does not: starting processes, deleting files. */
final class LaunchThreads implements Executor {
    private static final int THREADS = 4;
    private static final long ENDS_WITHIN_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    LaunchThreads(String pool) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, pool + "-launcher-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Waits a while for what was begun; after this nothing more is taken. */
    void end() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException endAtOnce) {
            // only files may be left to delete, which the pool's directory takes along
        }
        threads.shutdownNow();
    }
}
