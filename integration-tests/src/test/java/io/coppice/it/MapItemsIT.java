package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.BrokenProcessPool;
import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Items of a map in a process pool: what cannot be sent, a pool that breaks, and all of it mixed. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class MapItemsIT {
    @TempDir
    Path temporary;

    /** No worker can have it. */
    private static final Object UNSENDABLE = Thread.currentThread();

    private static final List<MapOptions> SIZES = List.of(
            MapOptions.defaults(),
            MapOptions.autoChunksize(),
            MapOptions.defaults().buffersize(1),
            MapOptions.chunksize(2),
            MapOptions.chunksize(100));

    private static String shown(Outcome<?> outcome) {
        Throwable failure = outcome.exception();
        return failure == null
                ? "" + ((Outcome.Success<?>) outcome).value()
                : failure.getClass().getSimpleName();
    }

    private static List<String> shown(Results<?> results) {
        List<String> shown = new ArrayList<>();
        for (Outcome<?> outcome : results.outcomes()) shown.add(shown(outcome));
        return shown;
    }

    @Test
    void anItemThatCannotBeSentCostsItselfAloneWhereverItStands() {
        String refused = "IllegalArgumentException";
        try (var pool = new ProcessPoolExecutor(1)) {
            for (MapOptions options : SIZES) {
                assertThat(shown(pool.map(
                                Calls::shown,
                                List.of(UNSENDABLE, 1, UNSENDABLE, UNSENDABLE, 2, 3, UNSENDABLE),
                                options)))
                        .as("%s", options)
                        .containsExactly(refused, "1", refused, refused, "2", "3", refused);
                assertThat(shown(pool.map(Calls::shown, List.of(UNSENDABLE, UNSENDABLE, UNSENDABLE), options)))
                        .as("%s", options)
                        .containsExactly(refused, refused, refused);
            }
        }
    }

    private static int haltAt(int n, int at, Latch gate) {
        if (n < at) return n;
        gate.await();
        return Calls.halt(3);
    }

    /** Opened in any case, before the pool is closed. */
    private record Opened(Latch latch) implements AutoCloseable {
        @Override
        public void close() {
            latch.open();
        }
    }

    @Test
    void aPoolThatBreaksLosesOnlyWhatHadNoOutcome() {
        for (MapOptions options : List.of(MapOptions.defaults(), MapOptions.autoChunksize())) {
            Latch gate = Latch.in(temporary, "gate-" + options.hashCode());
            try (var pool = new ProcessPoolExecutor(1);
                    var opener = new Opened(gate)) {
                Results<Integer> results = pool.map(
                        (Integer n) -> haltAt(n, 5, gate),
                        IntStream.range(0, 200).boxed().toList(),
                        options.timeout(Delays.LONG));
                for (int n = 0; n < 5; n++) assertThat(results.next()).isEqualTo(n);
                gate.open();
                List<Outcome<Integer>> rest = ExecutorContract.list(results.outcomes());
                assertThat(rest).hasSize(195).allMatch(outcome -> outcome.exception() instanceof BrokenProcessPool);
                assertThat(rest.get(194).exception()).hasMessageContaining("make a new pool");
            }
        }
    }

    @Test
    void aBoundedMapTellsInTheWordsOfItsUserThatThePoolIsBroken() {
        for (int chunksize : new int[] {1, 2}) {
            try (var pool = new ProcessPoolExecutor(1)) {
                AtomicInteger taken = new AtomicInteger();
                Results<Integer> results = pool.map(
                        (Integer n) -> n,
                        Inputs.endless(taken),
                        MapOptions.chunksize(chunksize).buffersize(3));
                assertThat(results.next()).isZero();
                assertThatThrownBy(() -> pool.submit(Calls::halt, 4).result()).isInstanceOf(BrokenProcessPool.class);
                List<String> got = new ArrayList<>();
                assertThatThrownBy(() -> results.outcomes().forEach(outcome -> got.add(shown(outcome))))
                        .isInstanceOf(BrokenProcessPool.class);
                assertThat(got).hasSize(taken.get() - 1);
                assertThat(results.hasNext()).isFalse();
            }
        }
    }

    /** A value of some kind, simple or not; or none that can be sent. */
    private static Object some(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> "text " + random.nextInt(100);
            case 3 -> List.of(random.nextInt(100), "in a list");
            case 4 -> BigInteger.valueOf(random.nextLong());
            case 5 -> "x".repeat(random.nextInt(random.nextInt(50) == 0 ? 200_000 : 200));
            case 6 -> random.nextInt(20) == 0 ? UNSENDABLE : random.nextDouble();
            default -> -random.nextInt(1000);
        };
    }

    /** Fails for some. */
    private static Object twice(Object value) {
        if (value instanceof Integer n && n % 7 == 0) throw new IllegalStateException("seven");
        return List.of(value, value);
    }

    private static String expected(Object value) {
        if (value == UNSENDABLE) return "IllegalArgumentException";
        return value instanceof Integer n && n % 7 == 0 ? "IllegalStateException" : "[" + value + ", " + value + "]";
    }

    @Test
    void mapsOfAnythingInAnyWayGiveEveryItemItsOutcomeInItsPlace() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (var pool = new ProcessPoolExecutor(2)) {
            for (int round = 0; round < 30; round++) {
                List<Object> input = new ArrayList<>();
                int items = random.nextInt(random.nextInt(4) == 0 ? 5000 : 100);
                for (int i = 0; i < items; i++) input.add(some(random));
                MapOptions options = random.nextInt(3) == 0
                        ? MapOptions.autoChunksize()
                        : MapOptions.chunksize(1 + Math.max(0, random.nextInt(80) - 40));
                if (random.nextBoolean()) options = options.buffersize(1 + random.nextInt(300));
                assertThat(shown(pool.map(MapItemsIT::twice, input, options)))
                        .as("seed=%s, round=%s, items=%s, %s", seed, round, items, options)
                        .isEqualTo(input.stream().map(MapItemsIT::expected).toList());
            }
        }
    }
}
