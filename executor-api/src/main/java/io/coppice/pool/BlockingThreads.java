package io.coppice.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool's few daemon threads for what blocks, so that the dispatcher's does not: some for starting processes and deleting
 * files; others for the class loaders that workers ask, as these may block for ever.
 */
final class BlockingThreads implements Executor {
    private static final int LAUNCHERS = 4;
    private static final int SERVERS = 8;
    private static final long ENDS_WITHIN_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    static BlockingThreads forLaunching(String pool) {
        return new BlockingThreads(pool + "-launcher-", LAUNCHERS);
    }

    static BlockingThreads forServing(String pool) {
        return new BlockingThreads(pool + "-classes-", SERVERS);
    }

    private BlockingThreads(String prefix, int count) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(count, count, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Waits for nothing. */
    void endNow() {
        threads.shutdownNow();
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
