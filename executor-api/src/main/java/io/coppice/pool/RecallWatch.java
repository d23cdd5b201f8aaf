package io.coppice.pool;

import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few milliseconds, while a call may wait in a worker behind another, whether that worker has answered
 * anything since; has the ones that have not give back what they have not begun. Dispatcher thread only.
 */
final class RecallWatch {
    /** A few times what is handed over ahead: a worker that goes on has answered by then. */
    private static final Duration LOOKS_EVERY = Duration.ofMillis(3);

    private final Supplier<List<Worker>> workers;
    private @Nullable WireLoop loop;
    private boolean watching;

    RecallWatch(Supplier<List<Worker>> workers) {
        this.workers = workers;
    }

    void runOn(WireLoop loop) {
        this.loop = loop;
    }

    /** There is a worker to be watched. */
    void watch() {
        if (watching || loop == null) return;
        watching = true;
        loop.schedule(LOOKS_EVERY, this::look);
    }

    private void look() {
        watching = false;
        boolean again = false;
        for (Worker worker : workers.get()) {
            worker.recallIfStuck();
            again |= worker.handed.isToBeWatched();
        }
        if (again) watch();
    }
}
