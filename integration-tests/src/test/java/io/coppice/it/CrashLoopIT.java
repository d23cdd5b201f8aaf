package io.coppice.it;

import static io.coppice.it.OnWorkerDeathIT.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.OnWorkerDeath;
import io.coppice.Outcome;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are replaced and replaced: a pool of which nothing comes breaks, one of which something comes goes on. */
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
class CrashLoopIT {
    @TempDir
    Path temporary;

    @Test
    void workersThatNeverComeUpBreakThePoolInTheEnd() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(Calls::halt, 5)
                .onWorkerDeath(OnWorkerDeath.replace())
                .build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOfSatisfying(
                            BrokenProcessPool.class,
                            broken -> assertThat(broken.poolGoesOn()).isFalse())
                    .hasMessageContaining("5 workers in a row died before they took a call")
                    .hasMessageContaining("while running the initializer")
                    .hasMessageContaining("exit=5");
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(BrokenProcessPool.class);
        }
    }

    @Test
    void callsThatAllDieBreakThePoolInTheEnd() {
        try (var pool = pool(2, OnWorkerDeath.retry(1000).giveUpAfter(6))) {
            assertThat(catchThrowable(pool.submit(Calls::halt, 6)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("6 workers in a row died and no call was answered in between")
                    .hasMessageContaining("exit=6");
        }
    }

    @Test
    void theDeathThatIsOneTooManyIsToldAsTheEndOfThePool() throws Exception {
        try (var pool = pool(1, OnWorkerDeath.replace().giveUpAfter(2))) {
            BrokenProcessPool lost =
                    (BrokenProcessPool) pool.submit(Calls::halt, 5).exception();
            assertThat(lost.poolGoesOn()).isTrue();
            assertThat(lost).hasMessageContaining("the pool goes on");
            BrokenProcessPool last =
                    (BrokenProcessPool) pool.submit(Calls::halt, 6).exception();
            assertThat(last.poolGoesOn()).isFalse();
            assertThat(last)
                    .hasMessageStartingWith("2 workers in a row died and no call was answered in between")
                    .hasMessageContaining("io.coppice.it.Calls::halt")
                    .hasMessageContaining("exit=6")
                    .hasMessageNotContaining("the pool goes on");
            assertThat(last.report().runningCall()).contains("io.coppice.it.Calls::halt");
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(BrokenProcessPool.class);
        }
    }

    private static int haltIfOdd(int n) {
        return n % 2 == 1 ? Calls.halt(n) : n;
    }

    /** It is in the worker's flight record that it has ended an item: it dies before it sends that. */
    @Test
    void whatAWorkerHasEndedBeforeItsDeathIsProgress() {
        try (var pool = pool(1, OnWorkerDeath.replace().giveUpAfter(2));
                Results<Integer> results = pool.map(
                        CrashLoopIT::haltIfOdd, IntStream.range(0, 10).boxed().toList(), MapOptions.chunksize(10))) {
            int n = 0;
            for (Outcome<Integer> outcome : results.outcomes()) {
                if (n % 2 == 0) assertThat(outcome).isEqualTo(new Outcome.Success<>(n));
                else
                    assertThat(outcome.exception())
                            .hasMessageContaining("exit=" + n)
                            .hasMessageContaining("callsDone=1");
                n++;
            }
            assertThat(n).isEqualTo(10);
        }
    }

    private static int after(Latch latch, int n) {
        latch.await();
        return n;
    }

    private static int haltAfter(Latch latch, int status) {
        latch.await();
        return Calls.halt(status);
    }

    @Test
    void whatAnotherWorkerAnswersOfALongChunkIsProgress() throws Exception {
        List<Latch> latches = IntStream.range(0, 4)
                .mapToObj(n -> Latch.in(temporary, "item-" + n))
                .toList();
        try (var pool = pool(2, OnWorkerDeath.replace().giveUpAfter(2));
                Results<Integer> results = pool.map(
                        CrashLoopIT::after, latches, List.of(0, 1, 2, 3), MapOptions.chunksize(latches.size()))) {
            for (int n = 0; n < latches.size(); n++) {
                assertThat(pool.submit(Calls::halt, 5).exception())
                        .isInstanceOfSatisfying(
                                BrokenProcessPool.class,
                                lost -> assertThat(lost.poolGoesOn()).isTrue());
                latches.get(n).open();
                assertThat(results.next()).isEqualTo(n);
            }
        }
    }

    @Test
    void whatAWorkerAnsweredBeforeTheDeathOfAnotherIsNotProgressSince() throws Exception {
        Latch latch = Latch.in(temporary, "goes-on");
        try (var pool = pool(2, OnWorkerDeath.replace().giveUpAfter(2))) {
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
            Future<Integer> second = pool.submit(CrashLoopIT::haltAfter, latch, 6); // on the worker that has answered
            Throwable first = pool.submit(Calls::halt, 5).exception();
            assertThat(first).hasMessageContaining("the pool goes on");
            latch.open();
            assertThat(second.exception())
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageStartingWith("2 workers in a row died and no call was answered in between")
                    .hasMessageContaining("worker=1,")
                    .hasMessageContaining("callsDone=1");
        }
    }

    @Test
    void aPoolThatGivesUpAfterOneDeathSaysSo() throws Exception {
        try (var pool = pool(1, OnWorkerDeath.replace().giveUpAfter(1))) {
            assertThat(pool.submit(Calls::halt, 5).exception())
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageStartingWith(
                            "a worker died, and one death is enough for this pool to give up: worker died")
                    .hasMessageContaining("exit=5");
        }
    }

    static void fails() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    void aBrokenPoolStartsNoSpareWorkersAndEndsWithoutAShutdown() throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .spareWorkers(1)
                .initializer(CrashLoopIT::fails)
                .build()) {
            assertThat(pool.submit(Calls::pid).exception()).isInstanceOf(BrokenProcessPool.class);
            assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
