package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.OnWorkerDeath;
import io.coppice.Outcome;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker's death costs where the pool goes on: the call it was running, and no other. */
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
class OnWorkerDeathIT {
    private static final int POISON = 700;

    @TempDir
    Path temporary;

    static ProcessPoolExecutor pool(int maxWorkers, OnWorkerDeath onWorkerDeath) {
        return ProcessPoolExecutor.builder()
                .maxWorkers(maxWorkers)
                .onWorkerDeath(onWorkerDeath)
                .build();
    }

    static int poisoned(int n) {
        return n == POISON ? Calls.halt(9) : n;
    }

    /** Leaves word that it runs; the poison waits to be killed. */
    static int noted(String call) {
        String[] parts = call.split("\\|");
        new Latch(parts[1]).open(parts[0]);
        if (parts[0].equals("poison")) {
            new Latch(parts[2]).open(Long.toString(Calls.pid()));
            new Latch("never").await();
        }
        return parts[0].hashCode();
    }

    /** Dies so many times, and then returns how often it was run. */
    static int diesTimes(int times, Latch runs) {
        runs.open(Long.toString(Calls.pid()));
        return runs.words().size() <= times ? Calls.halt(7) : runs.words().size();
    }

    // ---- replace ----

    @Test
    void aDeathCostsTheRunningCallAndThePoolGoesOn() throws Exception {
        try (var pool = pool(1, OnWorkerDeath.replace())) {
            long first = pool.submit(Calls::pid).result();
            Future<Integer> dies = pool.submit(Calls::halt, 9);
            List<Future<Integer>> after = new ArrayList<>();
            for (int i = 0; i < 50; i++) after.add(pool.submit(Calls::increment, i));
            assertThat(dies.exception())
                    .isInstanceOfSatisfying(
                            BrokenProcessPool.class,
                            lost -> assertThat(lost.poolGoesOn()).isTrue())
                    .hasMessageStartingWith("worker died while running a call: worker=1, pid=" + first)
                    .hasMessageContaining("io.coppice.it.Calls::halt")
                    .hasMessageContaining("exit=9")
                    .hasMessageContaining("the pool goes on");
            for (int i = 0; i < 50; i++) assertThat(after.get(i).result()).isEqualTo(i + 1);
            assertThat(pool.submit(Calls::pid).result()).isNotEqualTo(first);
            assertThat(pool.isShutdown()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1000})
    void aPoisonItemIsLostAlone(int chunksize) throws Exception {
        List<Integer> items = IntStream.range(0, 1000).boxed().toList();
        MapOptions options = chunksize == 0 ? MapOptions.autoChunksize() : MapOptions.chunksize(chunksize);
        try (var pool = pool(2, OnWorkerDeath.replace());
                Results<Integer> results = pool.map(OnWorkerDeathIT::poisoned, items, options)) {
            int n = 0;
            for (Outcome<Integer> outcome : results.outcomes()) {
                if (n == POISON) assertThat(catchThrowable(outcome::result)).isInstanceOf(BrokenProcessPool.class);
                else assertThat(outcome.result()).isEqualTo(n);
                n++;
            }
            assertThat(n).isEqualTo(1000);
        }
    }

    @Test
    void whatAKilledChunkHadEndedIsKeptAndTheRestRunsOnceElsewhere() throws Exception {
        Latch runs = Latch.in(temporary, "runs");
        Latch poison = Latch.in(temporary, "poison");
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) items.add((i == 20 ? "poison" : i) + "|" + runs.path() + "|" + poison.path());
        try (var pool = pool(1, OnWorkerDeath.replace());
                Results<Integer> results = pool.map(OnWorkerDeathIT::noted, items, MapOptions.chunksize(40))) {
            poison.await();
            ProcessHandle.of(Long.parseLong(poison.words().get(0)))
                    .orElseThrow()
                    .destroyForcibly();
            int n = 0;
            for (Outcome<Integer> outcome : results.outcomes()) {
                if (n != 20)
                    assertThat(outcome.result()).isEqualTo(Integer.toString(n).hashCode());
                else
                    assertThat(catchThrowable(outcome::result))
                            .isInstanceOf(BrokenProcessPool.class)
                            .hasMessageContaining("item 20 of a chunk of 40")
                            .hasMessageContaining("exit=137 (SIGKILL)");
                n++;
            }
            assertThat(n).isEqualTo(40);
        }
        assertThat(runs.words()).as("each was begun once").hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aWorkerThatDiesIdleIsReplacedWhenThereIsWork() throws Exception {
        try (var pool = pool(1, OnWorkerDeath.replace())) {
            for (int i = 0; i < 3; i++) {
                long pid = pool.submit(Calls::pid).result();
                ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
                worker.destroyForcibly();
                worker.onExit().get(Delays.LONG.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    @Test
    void anInitializerThatThrowsBreaksThePoolWhateverThePolicy() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> {
                    throw new IllegalStateException("error in initializer");
                })
                .onWorkerDeath(OnWorkerDeath.retry(3))
                .build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("initializer failed in a worker");
        }
    }

    @Test
    void aPoolThatIsShutDownStillReplaces() throws Exception {
        List<Future<Integer>> after = new ArrayList<>();
        Future<Integer> dies;
        try (var pool = pool(1, OnWorkerDeath.replace())) {
            dies = pool.submit(Calls::halt, 1);
            for (int i = 0; i < 5; i++) after.add(pool.submit(Calls::increment, i));
        }
        assertThat(dies.exception()).isInstanceOf(BrokenProcessPool.class);
        for (int i = 0; i < 5; i++) assertThat(after.get(i).result()).isEqualTo(i + 1);
    }

    @Test
    void largeArgumentsOfCallsThatHadNotBegunAreStillThere() throws Exception {
        double[] large = new double[300_000];
        large[299_999] = 7;
        try (var pool = pool(1, OnWorkerDeath.retry(2))) {
            Latch runs = Latch.in(temporary, "runs");
            Future<Double> dies = pool.submit(
                    (double[] array, Latch noted) -> {
                        noted.open();
                        return noted.words().size() < 3 ? Calls.halt(3) : array[299_999];
                    },
                    large,
                    runs);
            Future<Double> last = pool.submit((double[] array) -> array[299_999], large);
            assertThat(dies.result()).isEqualTo(7.0);
            assertThat(last.result()).isEqualTo(7.0);
        }
    }

    // ---- retry ----

    @Test
    void aCallIsRunAgainAsOftenAsWasSaid() throws Exception {
        try (var pool = pool(2, OnWorkerDeath.retry(2))) {
            Future<Integer> twice = pool.submit(OnWorkerDeathIT::diesTimes, 2, Latch.in(temporary, "twice"));
            Future<Integer> thrice = pool.submit(OnWorkerDeathIT::diesTimes, 3, Latch.in(temporary, "thrice"));
            assertThat(twice.result()).isEqualTo(3);
            assertThat(thrice.exception())
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("runs=3")
                    .hasMessageContaining("exit=7");
        }
        assertThat(Latch.in(temporary, "thrice").words()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void anItemOfAChunkIsRunAgainAlone() throws Exception {
        String path = temporary.resolve("runs").toString();
        try (var pool = pool(1, OnWorkerDeath.retry(1));
                Results<Integer> results = pool.map(
                        (Integer n) -> {
                            Latch runs = new Latch(path);
                            runs.open(Integer.toString(n));
                            return n == 5
                                            && runs.words().stream()
                                                            .filter("5"::equals)
                                                            .count()
                                                    < 2
                                    ? Calls.halt(2)
                                    : n;
                        },
                        IntStream.range(0, 10).boxed().toList(),
                        MapOptions.chunksize(10))) {
            for (int n = 0; n < 10; n++) assertThat(results.next()).isEqualTo(n);
        }
        assertThat(new Latch(path).words()).hasSize(11);
    }

    // ---- blame, where the pool breaks ----

    private static int haltAt(int n, int at) {
        if (n == at) Runtime.getRuntime().halt(9);
        return n;
    }

    @Test
    void ofManyCallsTheOneThatKilledIsNamed() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (var pool = new ProcessPoolExecutor(1)) {
                assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
                List<Future<Integer>> all = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    int n = i;
                    all.add(pool.submit(() -> haltAt(n, 20)));
                }
                BrokenProcessPool broken =
                        (BrokenProcessPool) Objects.requireNonNull(all.get(20).exception());
                assertThat(Objects.requireNonNull(broken.report()).runningCall())
                        .startsWith("call=22 (");
                assertThat(broken).hasMessageNotContaining("was next");
            }
        }
    }
}
