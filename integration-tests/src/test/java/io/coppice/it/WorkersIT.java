package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How many child JVMs there are, when they start, and which call runs in which. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class WorkersIT {
    @TempDir
    Path temporary;

    static String initialized = "no";

    private static int liveWorkers() {
        return NothingLeftBehind.workers().size();
    }

    @Test
    void aNewPoolStartsNothing() {
        try (var pool = new ProcessPoolExecutor()) {
            assertThat(liveWorkers()).isZero();
            assertThat(pool.toString()).contains("not started");
        }
    }

    @Test
    @Tag("P08")
    void callsRunInOneChildJvmPerProcessorAndNeverInThisOne() {
        int processors = Runtime.getRuntime().availableProcessors();
        Latch release = Latch.in(temporary, "release");
        try (var pool = new ProcessPoolExecutor()) {
            List<Future<Long>> futures = new ArrayList<>();
            List<Latch> started = new ArrayList<>();
            for (int i = 0; i < 15 * processors; i++) {
                started.add(Latch.in(temporary, "started-" + i));
                futures.add(pool.submit(Calls::pidWhen, started.get(i), release));
            }
            for (int i = 0; i < processors; i++) started.get(i).await();
            assertThat(liveWorkers()).isEqualTo(processors);
            release.open();
            Set<Long> pids = new HashSet<>();
            for (Future<Long> done : Futures.asCompleted(futures)) pids.add(result(done));
            assertThat(pids).hasSize(processors).doesNotContain(Calls.pid());
            assertThat(liveWorkers()).isEqualTo(processors);
        }
    }

    @Test
    @Tag("P09")
    void callsOneAfterTheOtherNeedOneWorker() throws Exception {
        try (var pool = new ProcessPoolExecutor(4)) {
            Set<Long> pids = new HashSet<>();
            for (int i = 0; i < 20; i++) pids.add(pool.submit(Calls::pid).result());
            assertThat(pids).hasSize(1);
            assertThat(liveWorkers()).isEqualTo(1);
        }
    }

    @Test
    @Tag("P10")
    void noMoreWorkersStartThanThereAreCalls() throws Exception {
        Latch release = Latch.in(temporary, "release");
        try (var pool = new ProcessPoolExecutor(8)) {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++)
                futures.add(pool.submit(Calls::pidWhen, Latch.in(temporary, "started-" + i), release));
            for (int i = 0; i < 3; i++) Latch.in(temporary, "started-" + i).await();
            assertThat(liveWorkers()).isEqualTo(3);
            release.open();
            Futures.wait(futures);
            for (int i = 0; i < 3; i++) pool.submit(Calls::pid).result();
            Futures.wait(List.of(pool.submit(Calls::pid), pool.submit(Calls::pid)));
            assertThat(liveWorkers()).isEqualTo(3);
        }
    }

    @Test
    void theInitializerRunsInEveryWorkerBeforeItsFirstCall() throws Exception {
        Latch release = Latch.in(temporary, "release");
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .initializer((String value) -> initialized = value, "yes")
                .build()) {
            for (int i = 0; i < 2; i++) pool.submit(Calls::pidWhen, Latch.in(temporary, "started-" + i), release);
            for (int i = 0; i < 2; i++) Latch.in(temporary, "started-" + i).await();
            release.open();
            for (int i = 0; i < 20; i++)
                assertThat(pool.submit(() -> initialized).result()).isEqualTo("yes");
        }
        assertThat(initialized).isEqualTo("no");
    }

    @Test
    void aStrayInterruptInAWorkerHarmsNoOtherCall() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(() -> {
                        Thread executing = Thread.currentThread();
                        executing.interrupt();
                        Thread late = new Thread(() -> {
                            for (int i = 0; i < 200; i++) {
                                executing.interrupt();
                                Thread.onSpinWait();
                            }
                        });
                        late.start();
                        return 1;
                    })
                    .result();
            long pid = pool.submit(Calls::pid).result();
            for (int i = 0; i < 100; i++)
                assertThat(pool.submit(Calls::pid).result()).isEqualTo(pid);
        }
    }

    @Test
    @Tag("T05")
    @Tag("T06")
    void manyPoolsAfterEachOtherAndFromThreadsOfAnotherPool() throws Exception {
        try (var threads = new ThreadPoolExecutor(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                futures.add(threads.submit(
                        (Integer n) -> {
                            try (var pool = new ProcessPoolExecutor(1)) {
                                return pool.submit(Calls::increment, n).result();
                            }
                        },
                        i));
            }
            for (int i = 0; i < 10; i++) assertThat(futures.get(i).result()).isEqualTo(i + 1);
        }
        await().atMost(Delays.LONG).until(() -> liveWorkers() == 0);
    }

    @Test
    void workersAndThreadsMustBeAtLeastOne() {
        for (int bad : new int[] {0, -1}) {
            assertThatThrownBy(() -> new ProcessPoolExecutor(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxWorkers must be greater than 0: maxWorkers=" + bad);
            assertThatThrownBy(() -> ThreadPoolExecutor.builder().maxWorkers(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxWorkers=" + bad);
        }
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.result();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void submittingFromManyThreadsLosesNothing() throws Exception {
        try (var pool = new ProcessPoolExecutor(2);
                var submitters = new ThreadPoolExecutor(8)) {
            List<Future<Long>> sums = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                sums.add(submitters.submit(() -> {
                    List<Future<Integer>> futures = new ArrayList<>();
                    for (int i = 0; i < 500; i++) futures.add(pool.submit(Calls::increment, i));
                    long sum = 0;
                    for (Future<Integer> each : futures) sum += each.result();
                    return sum;
                }));
            }
            long expected = IntStream.rangeClosed(1, 500).asLongStream().sum();
            for (Future<Long> sum : sums) assertThat(sum.result()).isEqualTo(expected);
        }
    }
}
