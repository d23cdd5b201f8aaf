package io.coppice.pool;

import io.coppice.launch.WorkerProcess;
import org.jspecify.annotations.Nullable;

/** What a worker is called in messages. Holds nothing of it. */
record WorkerName(int number, long pid) implements CallSink.Origin {
    WorkerName(int number, @Nullable WorkerProcess process) {
        this(number, process == null ? 0 : process.pid());
    }

    /** Whether its process is known: that may become known after its connection. */
    boolean isComplete() {
        return pid != 0;
    }

    @Override
    public String describe() {
        return "worker=" + number + (isComplete() ? ", pid=" + pid : "");
    }
}
