package io.coppice.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A series between the thread that appends to it and the dispatcher's, which finds it empty at this moment. */
public class SeriesStress {
    private static final byte[] ITEM = {0, 0, 0, 1, 7};

    private static final class NoSink implements SeriesSink {
        @Override
        public void answer(int firstItem, Items outcomes, Origin origin) {}

        @Override
        public void lost(int item, Loss loss) {
            throw new AssertionError("no worker had it");
        }

        @Override
        public void broken(Supplier<String> message, Fault fault) {}

        @Override
        public void cancelled(int firstItem, int count) {}
    }

    private static Series series() {
        PoolFunction function =
                PoolFunction.open(Payload.of(new byte[0]), () -> "f", Object.class, 0, new Pace(), null);
        return Series.open(function, 100, 10, new NoSink());
    }

    @JCStressTest
    @Description("An item is appended while the dispatcher finds the series empty")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It slept, and its producer puts it back.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The dispatcher saw the item, and keeps it.")
    @State
    public static class AppendAgainstSleep {
        private final Series series = series();

        @Actor
        public void producer(II_Result r) {
            series.append(ITEM, 0, ITEM.length);
            r.r1 = series.wake() ? 1 : 0;
        }

        @Actor
        public void dispatcher(II_Result r) {
            r.r2 = series.isUsedUp() ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("The last item is appended, and the series closed, while the dispatcher finds it empty")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It slept, and its producer puts it back.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The dispatcher saw the item, and keeps it.")
    @State
    public static class CloseAgainstSleep {
        private final Series series = series();

        @Actor
        public void producer(II_Result r) {
            series.append(ITEM, 0, ITEM.length);
            r.r1 = series.wake() ? 1 : 0;
            series.close();
        }

        @Actor
        public void dispatcher(II_Result r) {
            r.r2 = series.isUsedUp() ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("Items are appended while the dispatcher takes what is there")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "All were taken.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One is left, and whole.")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "Both are left.")
    @State
    public static class AppendAgainstTake {
        private final Series series = series();

        @Actor
        public void producer() {
            series.append(ITEM, 0, ITEM.length);
            series.append(ITEM, 0, ITEM.length);
        }

        @Actor
        public void dispatcher(II_Result r) {
            r.r1 = sum();
        }

        @Arbiter
        public void after(II_Result r) {
            r.r2 = sum();
        }

        /** How many items there are, by what is in them. */
        private int sum() {
            int sum = 0;
            while (series.size() > 0) {
                Items.Cursor item = series.take(10, 100).arguments().cursor();
                while (item.next()) sum += item.bytes()[item.offset()];
            }
            return sum / 7;
        }
    }
}
