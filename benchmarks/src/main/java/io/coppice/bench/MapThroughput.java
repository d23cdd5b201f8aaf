package io.coppice.bench;

import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Items a second through {@code map}, with a worker per processor: what chunks save when items are tiny. An operation is
 * an item, not a map.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MapThroughput {
    private static final int ITEMS = 10_000;

    /** Items a call. */
    @Param({"1", "100"})
    public int chunksize;

    private final List<Long> items = LongStream.range(0, ITEMS).boxed().toList();
    private @Nullable ProcessPoolExecutor pool;

    /** Starts the pool; its workers start in the first warm-up. */
    @Setup
    public void start() {
        pool = new ProcessPoolExecutor();
    }

    /** Ends the workers. */
    @TearDown
    public void end() {
        if (pool != null) pool.close();
    }

    /** Every result is taken, and added up, so that none can be left out. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long map() {
        if (pool == null) throw new IllegalStateException("not started");
        long sum = 0;
        try (var results = pool.map(Calls::increment, items, MapOptions.chunksize(chunksize))) {
            for (long result : results) sum += result;
        }
        return sum;
    }
}
