package io.coppice.bench;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** A record there and back, beside a class with the same fields, and both as Kryo alone writes them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class Records {
    private static final int ROW = 1000;

    record Quote(int id, long time, double price, boolean open, String symbol, Object note) {}

    static final class QuoteObject {
        private final int id;
        private final long time;
        private final double price;
        private final boolean open;
        private final String symbol;
        private final Object note;

        QuoteObject(Quote quote) {
            id = quote.id;
            time = quote.time;
            price = quote.price;
            open = quote.open;
            symbol = quote.symbol;
            note = quote.note;
        }

        @Override
        public String toString() {
            return id + " " + time + " " + price + " " + open + " " + symbol + " " + note;
        }
    }

    @Param({"record", "object"})
    public String shape = "record";

    private final Object[] row = new Object[ROW];
    private final PayloadCodec writer = new PayloadCodec(ClassSpace.of(Records.class.getClassLoader()));
    private final PayloadCodec reader = new PayloadCodec(ClassSpace.of(Records.class.getClassLoader()));
    private final Kryo kryo = new Kryo();
    private final Output out = new Output(1 << 16, -1);

    @Setup
    public void fill() {
        kryo.setRegistrationRequired(false);
        kryo.setReferences(true);
        kryo.setInstantiatorStrategy(new StdInstantiatorStrategy());
        Arrays.setAll(row, i -> {
            Quote quote = new Quote(i, 1_000_000L * i, i / 7.0, i % 2 == 0, "ABC", i);
            return shape.equals("record") ? quote : new QuoteObject(quote);
        });
    }

    @Benchmark
    @OperationsPerInvocation(ROW)
    public @Nullable Object coppice() throws PayloadException {
        writer.writeValue(row);
        Payload payload = writer.take();
        return reader.readValue(payload);
    }

    @Benchmark
    @OperationsPerInvocation(ROW)
    public @Nullable Object kryoAlone() {
        out.reset();
        kryo.writeClassAndObject(out, row);
        return kryo.readClassAndObject(new Input(out.getBuffer(), 0, out.position()));
    }
}
