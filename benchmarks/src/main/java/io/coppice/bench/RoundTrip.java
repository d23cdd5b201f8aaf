package io.coppice.bench;

import io.coppice.Executor;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From {@code submit} until {@code get} returns, one call at a time on one worker: the latency that another process adds
 * to that of another thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoundTrip {
    /** Where the call runs. */
    @Param({"process", "thread"})
    public String worker = "";

    private @Nullable Executor executor;
    private long argument;

    /** Starts the worker: its start is not measured. */
    @Setup
    public void start() throws Exception {
        Executor started = switch (worker) {
            case "process" -> new ProcessPoolExecutor(1);
            case "thread" -> new ThreadPoolExecutor(1);
            default -> throw new IllegalArgumentException("no such worker: " + worker);
        };
        started.submit(Calls::increment, 0L).get();
        executor = started;
    }

    /** Ends the worker. */
    @TearDown
    public void end() {
        if (executor != null) executor.close();
    }

    /** The smallest call there is: a number there, a number back. */
    @Benchmark
    public long submitAndGet() throws Exception {
        if (executor == null) throw new IllegalStateException("not started");
        return executor.submit(Calls::increment, argument++).get();
    }
}
