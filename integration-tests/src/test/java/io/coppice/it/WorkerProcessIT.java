package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a worker's process may take of the machine where the user says nothing: memory, and disk when it crashes. */
@Tag("jdk")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class WorkerProcessIT {
    private static <T> T inAWorkerOf(int maxWorkers, WorkerContext context, io.coppice.Task<T> task) throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(maxWorkers)
                .context(context)
                .build()) {
            return pool.submit(task).result(Delays.LONG);
        }
    }

    private static String coreFilter() throws Exception {
        return Files.readString(Path.of("/proc/self/coredump_filter")).strip();
    }

    @Test
    void aCoreHasNoMemoryInItUnlessCoresAreAskedFor() throws Exception {
        assertThat(Long.parseLong(inAWorkerOf(1, WorkerContext.spawn(), WorkerProcessIT::coreFilter), 16))
                .isZero();
        String ours = coreFilter();
        assertThat(inAWorkerOf(
                        1, WorkerContext.spawn().jvmOptions("-XX:+CreateCoredumpOnCrash"), WorkerProcessIT::coreFilter))
                .isEqualTo(ours);
    }

    @Test
    void manyWorkersShareTheMemoryAndFewHaveWhatAJvmTakes() throws Exception {
        long byItself =
                inAWorkerOf(1, WorkerContext.spawn(), () -> Runtime.getRuntime().maxMemory());
        long ofMany = inAWorkerOf(
                50, WorkerContext.spawn(), () -> Runtime.getRuntime().maxMemory());
        assertThat(ofMany).isLessThanOrEqualTo(Math.max(byItself / 8, 256L << 20));
        long said = inAWorkerOf(
                50,
                WorkerContext.spawn().jvmOptions("-XX:MaxRAMPercentage=25"),
                () -> Runtime.getRuntime().maxMemory());
        assertThat(said).isEqualTo(byItself);
    }

    @Test
    void aPoolThatLivesForAWhileLogsTheFigures() throws Exception {
        try (var events = LoggedEvents.ofAllLevels();
                var pool = new ProcessPoolExecutor(50)) {
            pool.submit(Calls::pid).result();
            await().atMost(Delays.LONG).until(() -> !events.thatTell("-Xmx").isEmpty());
            assertThat(events.thatTell("-Xmx").get(0).getFormattedMessage()).contains("workers=50", "memory=");
        }
    }
}
