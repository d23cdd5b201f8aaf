package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.BrokenProcessPool;
import io.coppice.ChunkSizes;
import io.coppice.ProcessPoolExecutor;
import io.coppice.UncheckedTimeoutException;
import io.coppice.WorkerContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** ChunkSizes.measure: what it runs, what it tells, and what it leaves behind. */
@ExtendWith(NothingLeftBehind.class)
class ChunkSizesIT {
    private static final ChunkSizes.Options SHORT = ChunkSizes.options().budget(Duration.ofSeconds(1));

    private final ProcessPoolExecutor pool = new ProcessPoolExecutor(2);

    @AfterEach
    void end() {
        pool.killWorkers();
        pool.close();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void everySizeIsMeasuredWithEveryNumberOfWorkers() throws Exception {
        List<ChunkSizes.Progress> told = new ArrayList<>();
        ChunkSizes sizes = ChunkSizes.measure(
                pool,
                Calls::increment,
                range(0, 100),
                ChunkSizes.options() // of some seconds: on a busy machine fewer items fit a second
                        .chunksizes(1, 5, 20, 5000)
                        .onProgress(told::add)
                        .budget(Duration.ofSeconds(5)));

        assertThat(sizes.rows())
                .extracting(row -> row.workers() + "/" + (row.isAuto() ? "auto" : row.chunksize()))
                .containsExactly("1/1", "1/5", "1/20", "1/auto", "2/1", "2/5", "2/20", "2/auto");
        assertThat(sizes.rows()).allSatisfy(row -> {
            assertThat(row.itemsPerSecond()).isPositive();
            assertThat(row.firstResult()).isPositive();
            assertThat(row.rounds()).isPositive();
            if (row.workers() == 1) assertThat(row.speedup()).isEqualTo(1);
        });
        assertThat(sizes.workers()).isEqualTo(2);
        assertThat(sizes.recommended()).isIn(1, 5, 20);
        assertThat(sizes.notes()).anyMatch(note -> note.contains("[5000]"));
        assertThat(told).isNotEmpty().allMatch(progress -> progress.part() >= 0 && progress.part() <= 1);
        assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2); // it is open still
    }

    @Test
    void autoChunksizeTellsHowManyItemsItSent() {
        ChunkSizes sizes = ChunkSizes.measure(
                pool, Calls::increment, range(0, 2_000), SHORT.workers(2).chunksizes(1));
        assertThat(sizes.auto().chunksize()).isBetween(2, 1_000); // tiny items are joined; the two workers share them
        assertThat(sizes.rows()).allMatch(row -> Double.isNaN(row.speedup()));
    }

    @Test
    void otherNumbersOfWorkersHaveThePoolsSettings() {
        WorkerContext context = WorkerContext.spawn().environment(Map.of("COPPICE_TEST", "set"));
        try (var special = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .context(context)
                .initializer(() -> System.setProperty("coppice.test", System.getenv("COPPICE_TEST")))
                .build()) {
            ChunkSizes sizes = ChunkSizes.measure(
                    special,
                    (Integer n) -> {
                        if (!"set".equals(System.getProperty("coppice.test")))
                            throw new IllegalStateException("not set");
                        return n;
                    },
                    range(0, 10),
                    SHORT.chunksizes(1));
            assertThat(sizes.rows()).extracting(ChunkSizes.Row::workers).contains(1, 2);
        }
    }

    @Test
    void anItemThatFailsIsNamed() {
        assertThatThrownBy(() -> ChunkSizes.measure(pool, (Integer n) -> 100 / (n - 7), range(0, 10), SHORT))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("index=7, item=7")
                .hasMessageContaining("/ by zero")
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void anItemThatCannotBeSentIsNamed() {
        assertThatThrownBy(() ->
                        ChunkSizes.measure(pool, (Object o) -> 1, List.<Object>of("a", Thread.currentThread()), SHORT))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("index=1")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anItemThatDoesNotEndInTheBudgetIsNamed(@TempDir Path folder) {
        Latch never = Latch.in(folder, "never");
        assertThatThrownBy(() -> ChunkSizes.measure(
                        pool,
                        (Integer n) -> {
                            if (n == 2) never.await();
                            return n;
                        },
                        range(0, 10),
                        ChunkSizes.options().budget(Duration.ofMillis(500))))
                .isInstanceOf(UncheckedTimeoutException.class)
                .hasMessageContaining("index=2, item=2");
    }

    @Test
    void aPoolThatBreaksIsTold() {
        assertThatThrownBy(() -> ChunkSizes.measure(
                        pool,
                        (Integer n) -> {
                            if (n == 3) Runtime.getRuntime().halt(9);
                            return n;
                        },
                        range(0, 10),
                        SHORT))
                .isInstanceOf(BrokenProcessPool.class)
                .hasMessageContaining("exit=9");
    }

    @Test
    void aPoolThatIsShutDownIsRefused() {
        pool.shutdown();
        assertThatThrownBy(() -> ChunkSizes.measure(pool, Calls::increment, range(0, 10), SHORT))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aPoolThatIsShutDownMeanwhileEndsIt() {
        assertThatThrownBy(() -> ChunkSizes.measure(
                        pool,
                        Calls::increment,
                        range(0, 1_000),
                        SHORT.workers(2).onProgress(progress -> {
                            if (progress.doing().contains("round 1")) pool.shutdownNow();
                        })))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void anInterruptEndsItAndIsKept() {
        assertThatThrownBy(() ->
                        ChunkSizes.measure(pool, Calls::increment, range(0, 1_000), SHORT.onProgress(progress -> {
                            if (progress.doing().contains("round 1"))
                                Thread.currentThread().interrupt();
                        })))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
