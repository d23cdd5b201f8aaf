package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.ProcessPoolExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a parent leaves that was killed with SIGKILL: the next program that has a pool deletes it. */
@Tag("jdk")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class SweepIT {
    @TempDir
    Path temporary;

    /** Has a pool, says so, and waits; or ends at once. */
    static final class HasAPool {
        public static void main(String[] args) throws Exception {
            try (var pool = new ProcessPoolExecutor(1)) {
                pool.submit(Calls::pid).result();
                new Latch(args[0]).open();
                if (args[1].equals("waits")) Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    private Program start(Path temporaryFiles, String how) throws Exception {
        Latch there = Latch.in(temporary, "there-" + System.nanoTime());
        Program program = Program.start(
                temporary,
                List.of("-Djava.io.tmpdir=" + temporaryFiles),
                System.getProperty("java.class.path"),
                HasAPool.class.getName(),
                there.path(),
                how);
        await().atMost(Delays.LONG).until(there::isOpen);
        return program;
    }

    private static List<Path> folders(Path temporaryFiles) throws Exception {
        try (Stream<Path> all = Files.list(temporaryFiles)) {
            return all.filter(path -> path.getFileName().toString().startsWith("coppice-"))
                    .toList();
        }
    }

    @Test
    void theNextProgramDeletesWhatAKilledOneHasLeftAndNothingOfALivingOne() throws Exception {
        Path files = Files.createDirectory(temporary.resolve("t"));
        Program lives = start(files, "waits");
        try {
            Path living = folders(files).get(0);
            Program killed = start(files, "waits");
            assertThat(folders(files)).hasSize(2);
            killed.process().destroyForcibly();
            assertThat(killed.exitCode()).isEqualTo(137);
            assertThat(folders(files)).hasSize(2);
            assertThat(start(files, "ends").exitCode()).isZero();
            assertThat(folders(files)).containsExactly(living);
            assertThat(living.resolve("socket")).exists();
        } finally {
            lives.process().destroy();
        }
        lives.exitCode();
        assertThat(folders(files)).isEmpty();
    }

    /** A stopped worker does not see that its parent is gone. */
    @Test
    void aWorkerThatOutlivesItsParentEndsWithWhatItHasStarted() throws Exception {
        Path files = Files.createDirectory(temporary.resolve("t"));
        Program killed = start(files, "waits");
        List<Long> workers =
                killed.process().descendants().map(ProcessHandle::pid).toList();
        assertThat(workers).hasSize(1);
        Processes.signal("STOP", workers.get(0));
        killed.process().destroyForcibly();
        assertThat(killed.exitCode()).isEqualTo(137);
        assertThat(start(files, "ends").exitCode()).isZero();
        Processes.awaitGone(workers, Delays.LONG);
        assertThat(folders(files)).isEmpty();
    }
}
