package io.coppice.launch;

import io.coppice.wire.FlightRecord;
import java.nio.file.Path;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Names the call that a worker has begun last, for who writes down what it prints. Thread-safe. */
public final class RunningCall {
    private final Path workerDirectory;
    private volatile LongFunction<@Nullable String> names = turn -> null;

    /** @param workerDirectory where it keeps its flight record */
    public RunningCall(Path workerDirectory) {
        this.workerDirectory = workerDirectory;
    }

    /** @param names given a turn, or -1 if none was noted, its call's name; null if that is not known */
    void areNamed(LongFunction<@Nullable String> names) {
        this.names = names;
    }

    /** As it is now, which takes some 20 µs; null if there is none, or none that is known. */
    public @Nullable String name() {
        return names.apply(FlightRecord.begun(workerDirectory));
    }
}
