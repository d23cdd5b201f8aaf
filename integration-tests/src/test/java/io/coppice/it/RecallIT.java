package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls that were handed over ahead: what happens to them when the one before them takes long. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class RecallIT {
    private static final int STUCK = -1;

    @TempDir
    Path temporary;

    private Latch begun;
    private Latch release;
    private Latch ran;

    /** Quick, but for {@link #STUCK}, which waits. */
    static int step(int n, Latch begun, Latch release, Latch ran) {
        if (n == STUCK) {
            begun.open();
            release.await();
        } else if (n > 0) {
            ran.open(Integer.toString(n));
        }
        return n;
    }

    private void makeLatches() {
        begun = Latch.in(temporary, "begun");
        release = Latch.in(temporary, "release");
        ran = Latch.in(temporary, "ran");
    }

    /** The function of one argument that all calls here are on, so that they are joined. */
    static int stepWith(String call) {
        String[] parts = call.split("\\|");
        int n = Integer.parseInt(parts[0]);
        return n == 0 ? 0 : step(n, new Latch(parts[1]), new Latch(parts[2]), new Latch(parts[3]));
    }

    private String call(int n) {
        return n + "|" + begun.path() + "|" + release.path() + "|" + ran.path();
    }

    private static void warm(ProcessPoolExecutor pool) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) futures.add(pool.submit(RecallIT::stepWith, "0"));
        for (Future<Integer> future : futures) future.result();
    }

    @Test
    void aTinyCallNeverWaitsBehindALongOneWhileAnotherWorkerIdles() throws Exception {
        makeLatches();
        try (var pool = new ProcessPoolExecutor(2)) {
            warm(pool);
            List<Future<Integer>> tiny = new ArrayList<>();
            Future<Integer> stuck = pool.submit(RecallIT::stepWith, call(STUCK));
            for (int n = 1; n <= 200; n++) tiny.add(pool.submit(RecallIT::stepWith, call(n)));
            for (int n = 1; n <= 200; n++) assertThat(tiny.get(n - 1).result()).isEqualTo(n);
            begun.await();
            assertThat(stuck.isDone()).isFalse();
            release.open();
            assertThat(stuck.result()).isEqualTo(STUCK);
        }
        assertThat(ran.words()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void whatAStuckWorkerHasNotBegunCanBeCancelledAndThenNeverRuns() throws Exception {
        makeLatches();
        try (var pool = new ProcessPoolExecutor(1)) {
            warm(pool);
            Future<Integer> stuck = pool.submit(RecallIT::stepWith, call(STUCK));
            List<Future<Integer>> behind = new ArrayList<>();
            for (int n = 1; n <= 50; n++) behind.add(pool.submit(RecallIT::stepWith, call(n)));
            begun.await();
            for (Future<Integer> future : behind) await().atMost(Delays.LONG).until(future::cancel);
            Future<Integer> last = pool.submit(RecallIT::stepWith, call(99));
            release.open();
            assertThat(last.result()).isEqualTo(99);
            assertThat(stuck.result()).isEqualTo(STUCK);
            assertThat(behind).allMatch(Future::isCancelled);
        }
        assertThat(ran.words()).containsExactly("99");
    }

    @Test
    void aFinishedAnswerNeverWaitsForTheLongCallBehindIt() throws Exception {
        makeLatches();
        try (var pool = new ProcessPoolExecutor(1)) {
            warm(pool);
            List<Future<Integer>> before = new ArrayList<>();
            for (int n = 1; n <= 50; n++) before.add(pool.submit(RecallIT::stepWith, call(n)));
            Future<Integer> stuck = pool.submit(RecallIT::stepWith, call(STUCK));
            for (int n = 1; n <= 50; n++) assertThat(before.get(n - 1).result()).isEqualTo(n);
            begun.await();
            assertThat(stuck.isRunning()).isTrue();
            release.open();
        }
    }

    @Test
    void theItemsOfAMapBehindAStuckOneAreRunByTheOtherWorker() throws Exception {
        makeLatches();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) items.add("0");
        items.add(call(STUCK));
        for (int n = 1; n <= 300; n++) items.add(call(n));
        try (var pool = new ProcessPoolExecutor(2)) {
            warm(pool);
            try (Results<Integer> results = pool.map(RecallIT::stepWith, items)) {
                await().atMost(Delays.LONG).until(() -> ran.words().size() == 300);
                assertThat(begun.isOpen()).isTrue();
                release.open();
                List<Integer> all = new ArrayList<>();
                results.forEachRemaining(all::add);
                assertThat(all).hasSize(items.size()).endsWith(298, 299, 300);
                assertThat(all.get(5_000)).isEqualTo(STUCK);
            }
        }
        assertThat(ran.words()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aChunkStaysTogetherHoweverLongItTakes() throws Exception {
        makeLatches();
        List<String> items = List.of(call(1), call(STUCK), call(2), call(3));
        try (var pool = new ProcessPoolExecutor(2)) {
            warm(pool);
            try (Results<Integer> results = pool.map(RecallIT::stepWith, items, MapOptions.chunksize(4))) {
                begun.await();
                // Time enough for a recall, if there were one: it is what others wait for.
                for (int i = 0; i < 200; i++)
                    pool.submit(RecallIT::stepWith, "0").result();
                assertThat(ran.words()).containsExactly("1");
                release.open();
                List<Integer> all = new ArrayList<>();
                results.forEachRemaining(all::add);
                assertThat(all).containsExactly(1, STUCK, 2, 3);
            }
        }
    }

    @Test
    void shutdownWithCancelTakesBackWhatAStuckWorkerHasNotBegun() throws Exception {
        makeLatches();
        var pool = new ProcessPoolExecutor(1);
        try {
            warm(pool);
            Future<Integer> stuck = pool.submit(RecallIT::stepWith, call(STUCK));
            List<Future<Integer>> behind = new ArrayList<>();
            for (int n = 1; n <= 50; n++) behind.add(pool.submit(RecallIT::stepWith, call(n)));
            begun.await();
            await().atMost(Delays.LONG).until(() -> behind.stream().noneMatch(Future::isRunning));
            pool.shutdown(false, true);
            Futures.wait(behind);
            assertThat(behind).allMatch(Future::isCancelled);
            release.open();
            assertThat(stuck.result()).isEqualTo(STUCK);
        } finally {
            pool.close();
        }
        assertThat(ran.words()).isEmpty();
    }

    /** Leaves a file, which must not be there: a call that runs twice fails. */
    static int once(String folder, int n, int micros) {
        try {
            Files.createFile(Path.of(folder, Integer.toString(n)));
        } catch (IOException ranTwice) {
            throw new UncheckedIOException(ranTwice);
        }
        long end = System.nanoTime() + micros * 1_000L;
        while (System.nanoTime() - end < 0) LockSupport.parkNanos(50_000);
        return n;
    }

    @Test
    void whateverIsTakenBackEveryCallRunsOnce() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int calls = 5_000;
        String folder = temporary.toString();
        try (var pool = new ProcessPoolExecutor(3)) {
            List<Future<Integer>> futures = new ArrayList<>();
            List<Integer> cancelled = new ArrayList<>();
            for (int n = 0; n < calls; n++) {
                int micros = random.nextInt(100) == 0 ? random.nextInt(15_000) : 0;
                futures.add(pool.submit(RecallIT::once, folder, n, micros));
                if (random.nextInt(50) == 0) {
                    int other = random.nextInt(n + 1);
                    if (futures.get(other).cancel()) cancelled.add(other);
                }
            }
            for (int n = 0; n < calls; n++) {
                try {
                    assertThat(futures.get(n).result()).as("seed=" + seed).isEqualTo(n);
                } catch (CancellationException wasCancelled) {
                    assertThat(cancelled).as("seed=" + seed).contains(n);
                }
            }
            assertThat(cancelled).as("seed=" + seed).allMatch(n -> !Files.exists(Path.of(folder, n.toString())));
            IntStream.range(0, calls)
                    .filter(n -> !cancelled.contains(n))
                    .forEach(n ->
                            assertThat(Path.of(folder, Integer.toString(n))).exists());
        }
    }
}
