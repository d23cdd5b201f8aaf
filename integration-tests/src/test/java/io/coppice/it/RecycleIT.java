package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.OnWorkerDeath;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are replaced before they fail, and those that stand by to replace others. */
@Tag("jdk")
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
class RecycleIT {
    @TempDir
    Path temporary;

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    static int exhaust(int ignored) {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) all.add(new byte[1 << 20]);
        return all.size();
    }

    // ---- memory ----

    @Test
    void aCallThatRunsOutOfMemoryFailsAndItsWorkerIsReplaced() throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(WorkerContext.spawn().jvmOptions("-Xmx48m"))
                .build()) {
            long first = pool.submit(Calls::pid).result();
            Future<Integer> exhausted = pool.submit(RecycleIT::exhaust, 1);
            assertThat(exhausted.exception()).isInstanceOf(OutOfMemoryError.class);
            await().atMost(Delays.LONG).until(() -> pool.submit(Calls::pid).result() != first);
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aWorkerThatHasGrownIsReplacedAndNoCallIsLost() throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .recycleWhenRssAbove(1)
                .build()) {
            Set<Long> pids = new HashSet<>();
            long end = System.nanoTime() + Delays.LONG.toNanos();
            while (pids.size() < 3 && System.nanoTime() < end)
                pids.add(pool.submit(Calls::pid).result());
            assertThat(pids).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    // ---- spare workers ----

    @Test
    void aSpareWorkerStepsInForOneThatDied() throws Exception {
        Set<Long> before = children();
        Latch begun = Latch.in(temporary, "begun");
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .spareWorkers(1)
                .onWorkerDeath(OnWorkerDeath.replace())
                .build()) {
            Future<Long> dies = pool.submit(Calls::pidWhen, begun, Latch.in(temporary, "never"));
            Future<Long> waits = pool.submit(Calls::pid);
            begun.await();
            Set<Long> up = new HashSet<>();
            await().atMost(Delays.LONG).until(() -> {
                up.clear();
                up.addAll(children());
                up.removeAll(before);
                return up.size() == 2;
            });
            assertThat(waits.isDone()).as("no more than maxWorkers work").isFalse();
            ProcessHandle.of(Long.parseLong(begun.words().get(0))).orElseThrow().destroyForcibly();
            assertThat(waits.result()).isIn(up);
            assertThat(dies.exception()).hasMessageContaining("worker died while running a call");
        }
    }

    @Test
    void noMoreThanMaxWorkersWorkAtATime() throws Exception {
        Latch release = Latch.in(temporary, "release");
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(2).spareWorkers(2).build()) {
            List<Latch> begun = new ArrayList<>();
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                begun.add(Latch.in(temporary, "begun" + i));
                all.add(pool.submit(Calls::pidWhen, begun.get(i), release));
            }
            begun.get(0).await();
            begun.get(1).await();
            await().pollDelay(Delays.SHORT.multipliedBy(10)).until(() -> true);
            long working = begun.stream().filter(Latch::isOpen).count();
            release.open();
            assertThat(working).isEqualTo(2);
            for (Future<Long> each : all) assertThat(each.result()).isPositive();
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPoolExecutor.builder().spareWorkers(-1))
                .withMessageContaining("spareWorkers=-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPoolExecutor.builder().recycleWhenRssAbove(0))
                .withMessageContaining("bytes=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnWorkerDeath.replace().giveUpAfter(0))
                .withMessageContaining("deaths=0");
    }
}
