package io.coppice.pool;

import io.coppice.launch.WorkerLauncher;
import io.coppice.lifetime.Log;
import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * Logs how the workers' heaps are limited, if they are; once in a JVM, by a pool that has lived for a while: no start waits
 * for a logger to be loaded, and a short program says nothing.
 */
final class HeapNotice implements Runnable {
    private static final Duration AFTER = Duration.ofSeconds(5);
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private final String figures;

    private HeapNotice(String figures) {
        this.figures = figures;
    }

    /** @param launches not the dispatcher's thread: a logger may write to a disk */
    static void schedule(WorkerLauncher launcher, WireLoop loop, Executor launches) {
        String figures = launcher.describeHeap();
        if (figures == null || LOGGED.get()) return;
        loop.schedule(AFTER, () -> launches.execute(new HeapNotice(figures)));
    }

    @Override
    public void run() {
        // While another thread sets up SLF4J, that prints a complaint about whoever logs; then another pool may tell.
        if (LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory) return;
        if (LOGGED.compareAndSet(false, true)) Log.of(HeapNotice.class).info(figures);
    }
}
