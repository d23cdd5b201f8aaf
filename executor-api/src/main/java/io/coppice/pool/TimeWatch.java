package io.coppice.pool;

import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the workers' stopwatches looked at while there is a call that may take too long. Dispatcher thread only. */
final class TimeWatch {
    private final Supplier<List<Worker>> workers;
    private @Nullable WireLoop loop;
    private boolean watching;
    private long nextNanos; // while watching; a look that was due for another time has been replaced

    TimeWatch(Supplier<List<Worker>> workers) {
        this.workers = workers;
    }

    void runOn(WireLoop loop) {
        this.loop = loop;
    }

    /** There is a worker to be watched, or to be watched more closely. */
    void watch() {
        long within = Long.MAX_VALUE;
        for (Worker worker : workers.get()) {
            long its = worker.stopwatch.looksWithinNanos();
            if (its > 0) within = Math.min(within, its);
        }
        long now = System.nanoTime();
        if (within == Long.MAX_VALUE || loop == null || watching && nextNanos - now <= within) return;
        watching = true;
        long due = now + within;
        nextNanos = due;
        loop.schedule(Duration.ofNanos(within), () -> look(due));
    }

    private void look(long due) {
        if (!watching || due != nextNanos) return;
        watching = false;
        long now = System.nanoTime();
        for (Worker worker : workers.get()) if (worker.isThere()) worker.stopwatch.look(now);
        watch();
    }
}
