package io.coppice.pool;

import io.coppice.launch.Evidence;
import io.coppice.launch.WorkerProcess;
import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Finds out why a worker has ended, before its owner is told that it is gone: what it has left tells. That is read by
 * other threads, and for so long only, as the calls that it had wait for it. Dispatcher thread only.
 */
final class Examinations {
    /** Files of some kilobytes, and output that somebody takes. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

    private final WorkerOwner owner;
    private final Executor threads;
    private final Consumer<Runnable> onDispatcher;
    private final WireLoop loop;
    private final Set<Worker> open = new HashSet<>();

    /**
     * @param threads runs what blocks
     * @param onDispatcher runs a task on the dispatcher's thread
     */
    Examinations(WorkerOwner owner, Executor threads, Consumer<Runnable> onDispatcher, WireLoop loop) {
        this.owner = owner;
        this.threads = threads;
        this.onDispatcher = onDispatcher;
        this.loop = loop;
    }

    /** Whether it has ended, and nobody knows yet. */
    boolean isOpen(Worker worker) {
        return open.contains(worker);
    }

    /** Its connection and its process have ended. */
    void begin(Worker worker, WorkerProcess process) {
        if (!open.add(worker)) return;
        try {
            threads.execute(() -> {
                Evidence found = process.examine();
                onDispatcher.accept(() -> end(worker, found));
            });
            loop.schedule(ENDS_WITHIN, () -> end(worker, Evidence.NONE));
        } catch (OutOfMemoryError noThread) {
            end(worker, Evidence.NONE);
        }
    }

    private void end(Worker worker, Evidence found) {
        if (!open.remove(worker)) return; // it took too long, and that was told
        worker.child.examined(found);
        owner.gone(worker);
    }
}
