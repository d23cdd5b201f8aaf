package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenProcessPool;
import io.coppice.Executor;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.OnWorkerDeath;
import io.coppice.Outcome;
import io.coppice.ProcessPoolExecutor;
import io.coppice.RemoteTraceback;
import io.coppice.Results;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that take too long, or are cancelled while they run, are stopped; no other is hit. */
@Timeout(300)
@ExtendWith(NothingLeftBehind.class)
class TimeLimitIT {
    private static final Duration LIMIT = Delays.scaled(Duration.ofMillis(400));
    private static final Duration GRACE = Duration.ofMillis(100);

    @TempDir
    Path temporary;

    /** Heeds nothing. */
    static long spin(int seed) {
        long sum = seed;
        while (System.nanoTime() != 0) sum = sum * 31 + 7;
        return sum;
    }

    static int sleep(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    static int spinIf(int n) {
        return n == 5 ? (int) spin(n) : n;
    }

    static int busy(int micros) {
        long end = System.nanoTime() + micros * 1000L;
        while (System.nanoTime() < end) Thread.onSpinWait();
        return micros;
    }

    // ---- limits ----

    @Test
    void aCallThatHeedsNothingIsKilledAndItsStackIsKept() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long first = pool.submit(Calls::pid).result();
            Future<Long> stuck = pool.withTimeout(LIMIT, GRACE).submit(TimeLimitIT::spin, 1);
            List<Future<Integer>> after = new ArrayList<>();
            for (int i = 0; i < 50; i++) after.add(pool.submit(Calls::increment, i));
            Throwable late = stuck.exception();
            assertThat(late)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("io.coppice.it.TimeLimitIT::spin")
                    .hasMessageContaining("limitMillis=" + LIMIT.toMillis())
                    .hasMessageContaining("worker=1, pid=" + first)
                    .hasCauseInstanceOf(RemoteTraceback.class);
            assertThat(late.getCause().getStackTrace())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("spin");
            for (int i = 0; i < 50; i++) assertThat(after.get(i).result()).isEqualTo(i + 1);
            assertThat(pool.submit(Calls::pid).result()).isNotEqualTo(first);
        }
    }

    @Test
    void aCallThatHeedsItsInterruptCostsNoWorker() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long first = pool.submit(Calls::pid).result();
            Future<Integer> sleeps =
                    pool.withTimeout(LIMIT, Delays.LONG).submit(TimeLimitIT::sleep, (int) Delays.LONG.toMillis() * 2);
            assertThat(sleeps.exception())
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("was interrupted")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(pool.submit(Calls::pid).result()).isEqualTo(first);
        }
    }

    @Test
    void aCallThatReturnsWithinTheGraceHasItsResult() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Integer> late =
                    pool.withTimeout(Duration.ofMillis(20), Delays.LONG).submit(TimeLimitIT::busy, 200_000);
            assertThat(late.result()).isEqualTo(200_000);
        }
    }

    @Test
    void theTimeThatACallWaitsDoesNotCount() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Executor limited = pool.withTimeout(Duration.ofMillis(500), GRACE);
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) calls.add(limited.submit(TimeLimitIT::sleep, 50));
            for (Future<Integer> call : calls) assertThat(call.result()).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void eachItemOfAChunkHasItsOwnTime(int chunksize) throws Exception {
        List<Integer> items = IntStream.range(0, 10).boxed().toList();
        try (var pool = new ProcessPoolExecutor(2);
                Results<Integer> results = pool.withTimeout(LIMIT, GRACE)
                        .map(TimeLimitIT::spinIf, items, MapOptions.chunksize(chunksize))) {
            int n = 0;
            for (Outcome<Integer> outcome : results.outcomes()) {
                if (n != 5) assertThat(outcome.result()).isEqualTo(n);
                else assertThat(catchThrowable(outcome::result)).isInstanceOf(TimeoutException.class);
                n++;
            }
            assertThat(n).isEqualTo(10);
        }
    }

    @Test
    void anItemOfAChunkThatIsInterruptedCostsNoOther() throws Exception {
        List<Integer> millis = List.of(1, 1, (int) Delays.LONG.toMillis() * 2, 1, 1);
        try (var pool = new ProcessPoolExecutor(1)) {
            long first = pool.submit(Calls::pid).result();
            try (Results<Integer> results =
                    pool.withTimeout(LIMIT, Delays.LONG).map(TimeLimitIT::sleep, millis, MapOptions.chunksize(5))) {
                int n = 0;
                for (Outcome<Integer> outcome : results.outcomes()) {
                    if (n != 2) assertThat(outcome.result()).isEqualTo(1);
                    else
                        assertThat(catchThrowable(outcome::result))
                                .isInstanceOf(TimeoutException.class)
                                .hasCauseInstanceOf(InterruptedException.class);
                    n++;
                }
                assertThat(n).isEqualTo(5);
            }
            assertThat(pool.submit(Calls::pid).result()).isEqualTo(first);
        }
    }

    private static long noteAndSpin(Latch runs, boolean spins) {
        runs.open();
        return spins ? spin(1) : 0;
    }

    @Test
    void aCallOverItsTimeIsNotRunAgainByRetry() throws Exception {
        Latch runs = Latch.in(temporary, "runs");
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .onWorkerDeath(OnWorkerDeath.retry(5))
                .build()) {
            pool.submit(TimeLimitIT::noteAndSpin, runs, false)
                    .result(); // to load its classes may take longer than LIMIT
            Future<Long> stuck = pool.withTimeout(LIMIT, GRACE).submit(TimeLimitIT::noteAndSpin, runs, true);
            assertThat(stuck.exception()).isInstanceOf(TimeoutException.class);
        }
        assertThat(runs.words()).hasSize(2);
    }

    @Test
    void limitsAreMoreThanZero() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatIllegalArgumentException().isThrownBy(() -> pool.withTimeout(Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.withTimeout(LIMIT, Duration.ofMillis(-1)));
        }
    }

    // ---- cancel(true) ----

    @Test
    void aRunningCallThatIsCancelledIsStopped() throws Exception {
        Latch begun = Latch.in(temporary, "begun");
        try (var pool = new ProcessPoolExecutor(1)) {
            long first = pool.submit(Calls::pid).result();
            Future<Long> stuck = pool.submit(
                    (Latch noted) -> {
                        noted.open();
                        return spin(1);
                    },
                    begun);
            begun.await();
            assertThat(stuck.cancel()).isFalse();
            assertThat(stuck.cancel(true)).isTrue();
            assertThat(stuck.isCancelled()).isTrue();
            assertThat(catchThrowable(stuck::result)).isInstanceOf(CancellationException.class);
            assertThat(pool.submit(Calls::pid).result()).isNotEqualTo(first);
        }
    }

    @Test
    void aRunningCallThatIsCancelledAndHeedsItCostsNoWorker() throws Exception {
        Latch begun = Latch.in(temporary, "begun");
        try (var pool = new ProcessPoolExecutor(1)) {
            long first = pool.submit(Calls::pid).result();
            Future<Long> waits = pool.submit(Calls::pidWhen, begun, Latch.in(temporary, "never"));
            begun.await();
            assertThat(waits.cancel(true)).isTrue();
            assertThat(pool.submit(Calls::pid).result()).isEqualTo(first);
            assertThat(waits.cancel(true)).isTrue();
        }
    }

    @Test
    @Timeout(3600) // -Dcoppice.rounds=10000
    void aCallThatEndsAsItIsStoppedCostsNoOther() throws Exception {
        int rounds = Integer.getInteger("coppice.rounds", 50);
        long seed = Long.getLong("coppice.seed", System.nanoTime());
        Random random = new Random(seed);
        int late = 0;
        try (var pool = new ProcessPoolExecutor(1)) {
            Executor limited = pool.withTimeout(Duration.ofMillis(4), Duration.ofMillis(2));
            for (int round = 0; round < rounds; round++) {
                int micros = 3000 + random.nextInt(5_000); // it is hurried after 4, and asked to end after 6
                Future<Integer> timed = limited.submit(TimeLimitIT::busy, micros);
                List<Future<Integer>> others = new ArrayList<>();
                for (int i = 0; i < 5; i++) others.add(pool.submit(Calls::increment, i));
                for (int i = 0; i < 5; i++)
                    assertThat(others.get(i).result())
                            .as("seed=%d, round=%d", seed, round)
                            .isEqualTo(i + 1);
                Throwable failure = timed.exception();
                if (failure == null) assertThat(timed.result()).isEqualTo(micros);
                else {
                    assertThat(failure).as("seed=%d, round=%d", seed, round).isInstanceOf(TimeoutException.class);
                    late++;
                }
            }
        } catch (BrokenProcessPool broken) {
            throw new AssertionError("seed=" + seed, broken);
        }
        assertThat(late).isBetween(1, rounds - 1);
    }
}
