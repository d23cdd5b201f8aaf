package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that leave after so many calls: no backlog ever stalls, however the pool ends meanwhile. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class TasksPerChildIT {
    @TempDir
    Path temporary;

    private static ProcessPoolExecutor pool(int maxWorkers, int maxTasksPerChild) {
        return ProcessPoolExecutor.builder()
                .maxWorkers(maxWorkers)
                .maxTasksPerChild(maxTasksPerChild)
                .build();
    }

    private static List<Future<Long>> submitPids(ProcessPoolExecutor pool, int calls) {
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < calls; i++) futures.add(pool.submit(Calls::pid));
        return futures;
    }

    private static List<Long> results(List<Future<Long>> futures) throws Exception {
        List<Long> results = new ArrayList<>();
        for (Future<Long> each : futures) results.add(each.result(Delays.LONG));
        return results;
    }

    // ---- one call after the other ----

    @Test
    @Tag("P11")
    void aWorkerLeavesAfterItsLastCallAndAnotherTakesItsPlace() throws Exception {
        try (var pool = pool(1, 3)) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 4; i++) pids.add(pool.submit(Calls::pid).result(Delays.LONG));
            assertThat(pids.subList(0, 3)).containsOnly(pids.get(0));
            assertThat(pids.get(3)).isNotEqualTo(pids.get(0));
            await().atMost(Delays.LONG).until(() -> NothingLeftBehind.workers().size() == 1);
            assertThat(NothingLeftBehind.workers().get(0).pid()).isEqualTo(pids.get(3));
        }
        assertThatThrownBy(() -> pool(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxTasksPerChild=0");
    }

    @Test
    void aChunkOfAMapIsOneCall() {
        try (var pool = pool(1, 1)) {
            List<Long> pids = ExecutorContract.list(pool.map(
                    (Integer n) -> Calls.pid(), IntStream.range(0, 20).boxed().toList(), MapOptions.chunksize(10)));
            assertThat(pids.subList(0, 10)).containsOnly(pids.get(0));
            assertThat(pids.subList(10, 20)).containsOnly(pids.get(10)).doesNotContain(pids.get(0));
        }
    }

    // ---- a backlog ----

    @ParameterizedTest
    @CsvSource({"1, 2, 6", "2, 2, 8"})
    @Tag("P13")
    void aBacklogIsWorkedOff(int maxWorkers, int maxTasks, int calls) throws Exception {
        try (var pool = pool(maxWorkers, maxTasks)) {
            List<Long> pids = results(submitPids(pool, calls));
            assertThat(new HashSet<>(pids)).allMatch(pid -> Collections.frequency(pids, pid) <= maxTasks);
        }
    }

    @Test
    @Tag("P18")
    void aShutdownLetsReplacementsStartForWhatIsLeft() throws Exception {
        var pool = pool(3, 1);
        List<Future<Long>> futures = submitPids(pool, 6);
        pool.shutdown();
        assertThat(results(futures)).doesNotHaveDuplicates();
        assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2", "4"})
    @Tag("S19")
    @Tag("S20")
    void aFailedCallDoesNotHoldUpAShutdownThatDoesNotWait(int maxWorkers) throws Exception {
        var pool = pool(maxWorkers, 1);
        Future<Long> before = pool.submit(Calls::pid);
        Future<Integer> failing = pool.submit(Calls::divide, 1, 0);
        List<Future<Long>> behind = submitPids(pool, 3);
        pool.shutdown(false);
        assertThat(before.result(Delays.LONG)).isPositive();
        assertThat(failing.exception(Delays.LONG)).isInstanceOf(ArithmeticException.class);
        assertThat(results(behind)).doesNotHaveDuplicates();
        assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    // ---- nobody refers to the pool any more ----

    private record Abandoned(
            WeakReference<ProcessPoolExecutor> pool, Future<Long> running, List<Future<Long>> behind) {}

    private static Abandoned abandon(Latch started, Latch release, boolean shutdown) {
        var pool = pool(1, 1);
        Future<Long> running = pool.submit(Calls::pidWhen, started, release);
        List<Future<Long>> behind = submitPids(pool, 3);
        if (shutdown) pool.shutdown(false);
        return new Abandoned(new WeakReference<>(pool), running, behind);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    @Tag("P14")
    @Tag("P15")
    void whatWasSubmittedToACollectedPoolRuns(boolean shutdown) throws Exception {
        Latch started = Latch.in(temporary, "started");
        Latch release = Latch.in(temporary, "release");
        Abandoned abandoned = abandon(started, release, shutdown);
        started.await();
        try {
            Garbage.awaitCollected(abandoned.pool());
        } finally {
            release.open();
        }
        assertThat(abandoned.running().result(Delays.LONG)).isPositive();
        assertThat(results(abandoned.behind())).doesNotHaveDuplicates();
    }

    // ---- no replacement ----

    @Test
    @Tag("P16")
    void aPoolKilledWhileAWorkerIsReplacedStartsNoOther() throws Exception {
        var pool = pool(1, 1);
        List<Future<Long>> futures = submitPids(pool, 20);
        long first = futures.get(0).result(Delays.LONG); // and now it leaves
        pool.killWorkers();
        assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(NothingLeftBehind.workers()).isEmpty();
        assertThat(first).isPositive();
        assertThat(Futures.wait(futures, Delays.LONG).notDone()).isEmpty();
        assertThat(futures.get(19).exception())
                .isInstanceOf(BrokenProcessPool.class)
                .hasMessageContaining("forcefully shut down");
    }

    @Test
    @Tag("P17")
    void aReplacementThatCannotBeStartedBreaksThePool() throws Exception {
        Path java = javaThatCanBeDeleted();
        Latch started = Latch.in(temporary, "started");
        Latch release = Latch.in(temporary, "release");
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .maxTasksPerChild(1)
                .context(WorkerContext.spawn().javaHome(java.getParent().getParent()))
                .build()) {
            Future<Long> first = pool.submit(Calls::pidWhen, started, release);
            List<Future<Long>> behind = submitPids(pool, 3);
            started.await();
            Files.delete(java);
            release.open();
            assertThat(first.result(Delays.LONG)).isPositive();
            assertThat(Futures.wait(behind, Delays.LONG).notDone()).isEmpty();
            assertThat(behind.get(2).exception())
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("could not be started");
            assertThat(catchThrowable(() -> pool.submit(Calls::pid))).isInstanceOf(BrokenProcessPool.class);
        }
    }

    /** A {@code bin/java} of our own that runs the real one, which finds its JDK by where it lies. */
    private Path javaThatCanBeDeleted() throws IOException {
        Path real = Path.of(System.getProperty("java.home"), "bin", "java");
        Path bin = Files.createDirectories(temporary.resolve("home").resolve("bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nexec '" + real + "' \"$@\"\n");
        return Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }
}
