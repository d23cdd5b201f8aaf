package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The child JVMs end with their pool. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ProcessPoolEndIT {
    @TempDir
    Path temporary;

    private List<Future<Long>> block(ProcessPoolExecutor pool, int calls, Latch release) {
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < calls; i++)
            futures.add(pool.submit(Calls::pidWhen, Latch.in(temporary, "started-" + i), release));
        for (int i = 0; i < calls; i++) Latch.in(temporary, "started-" + i).await();
        return futures;
    }

    @Test
    @Tag("S15")
    @Tag("S16")
    void closeReturnsWhenThreeCallsHaveEndedAndTheirThreeProcessesHave() throws Exception {
        Latch release = Latch.in(temporary, "release");
        List<ProcessHandle> workers;
        List<Future<Long>> futures;
        List<Integer> absolutes;
        try (var pool = new ProcessPoolExecutor(5)) {
            futures = block(pool, 3, release);
            workers = NothingLeftBehind.workers();
            assertThat(workers).hasSize(3);
            release.open();
            absolutes = ExecutorContract.list(pool.map(Math::abs, List.of(-5, -4, 4)));
        }
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        assertThat(absolutes).containsExactly(5, 4, 4);
        for (Future<Long> each : futures)
            assertThat(workers.stream().map(ProcessHandle::pid)).contains(each.result());
    }

    @Test
    @Tag("S18")
    void workersEndAfterAShutdownThatDoesNotWaitAndAllCallsRun() throws Exception {
        Latch release = Latch.in(temporary, "release");
        var pool = new ProcessPoolExecutor(2);
        List<Future<Long>> futures = block(pool, 2, release);
        futures.add(pool.submit(Calls::pid));
        pool.shutdown(false);
        List<ProcessHandle> workers = NothingLeftBehind.workers();
        assertThat(workers).hasSize(2);
        release.open();
        for (Future<Long> each : futures) assertThat(each.result(Delays.LONG)).isPositive();
        await().atMost(Delays.LONG).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }
}
