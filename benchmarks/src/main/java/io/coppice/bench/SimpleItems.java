package io.coppice.bench;

import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.OutcomeRow;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import io.coppice.wire.payload.SimpleValues;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a simple value costs as an outcome: to write it into a row, and to read it where it lies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SimpleItems {
    private static final int ROW = 1000;

    @Param({"int", "long", "double", "string", "ints"})
    public String kind = "";

    private final Object[] values = new Object[ROW];
    private final PayloadCodec codec = new PayloadCodec(ClassSpace.of(SimpleItems.class.getClassLoader()));
    private final OutcomeRow written = new OutcomeRow();
    private Items row = Items.NONE;

    /** Values as calls return them: not the same one again and again. */
    @Setup
    public void fill() throws PayloadException {
        Arrays.setAll(values, i -> switch (kind) {
            case "int" -> 7 * i;
            case "long" -> 1_000_003L * i;
            case "double" -> i / 7.0;
            case "string" -> "value " + i;
            case "ints" -> new int[] {i, i + 1, i + 2};
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        });
        for (Object value : values) codec.addOutcome(OutcomeKind.RETURNED, value);
        row = new Items(ROW, codec.take());
    }

    /** Writes them all, as a worker does. */
    @Benchmark
    @OperationsPerInvocation(ROW)
    public int write() throws PayloadException {
        written.clear();
        for (Object value : values) {
            if (written.addReturned(value)) continue;
            codec.clear();
            codec.addOutcome(OutcomeKind.RETURNED, value);
            written.add(codec);
        }
        return written.size();
    }

    /** Reads them all. */
    @Benchmark
    @OperationsPerInvocation(ROW)
    public void read(Blackhole hole) throws PayloadException {
        for (Items.Cursor item = row.cursor(); item.next(); )
            hole.consume(SimpleValues.read(item.bytes(), item.outcomeOffset(), item.outcomeLength()));
    }
}
