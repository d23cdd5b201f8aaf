package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How whole programs end, with and without a shutdown: rule D5 of docs/architecture.md. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ExitIT {
    @TempDir
    Path temporary;

    /** Main returns; what it submitted is still to come. */
    static final class PendingWorkKeepsTheJvmAlive {
        public static void main(String[] args) {
            var pool = new ProcessPoolExecutor(1);
            Future<String> slow = pool.submit(() -> {
                Thread.sleep(300);
                return "apple";
            });
            slow.addDoneCallback(done -> System.out.println(done.snapshot().result()));
        }
    }

    @Test
    void pendingWorkKeepsTheJvmAliveAndAnIdlePoolDoesNot() throws Exception {
        Program program = Program.start(temporary, PendingWorkKeepsTheJvmAlive.class);
        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).containsExactly("apple");
        assertThat(program.err()).isEmpty();
        assertNothingLeftOf(program);
    }

    static final class PendingThreadWorkKeepsTheJvmAlive {
        public static void main(String[] args) {
            var pool = new ThreadPoolExecutor(1);
            pool.submit(() -> {
                Thread.sleep(300);
                System.out.println("apple");
                return 1;
            });
        }
    }

    @Test
    void pendingWorkOfThreadsDoesToo() throws Exception {
        Program program = Program.start(temporary, PendingThreadWorkKeepsTheJvmAlive.class);
        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).containsExactly("apple");
    }

    static final class ExitWhileWorkersSpin {
        public static void main(String[] args) throws Exception {
            var pool = new ProcessPoolExecutor(2);
            Latch started = new Latch(args[0]);
            for (int i = 0; i < 2; i++) {
                pool.submit(() -> {
                    started.open(Long.toString(Calls.pid()));
                    while (true) Thread.onSpinWait();
                });
            }
            while (started.words().size() < 2) Thread.sleep(2);
            if (args[1].equals("exit")) System.exit(7);
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void exitEndsTheWorkersAtOnce() throws Exception {
        Latch started = Latch.in(temporary, "started");
        Program program = Program.start(temporary, ExitWhileWorkersSpin.class, started.path(), "exit");
        assertThat(program.exitCode()).isEqualTo(7);
        assertWorkersGone(started);
        assertNothingLeftOf(program);
    }

    @Test
    void sigtermEndsTheWorkersAtOnce() throws Exception {
        Latch started = Latch.in(temporary, "started");
        Program program = Program.start(temporary, ExitWhileWorkersSpin.class, started.path(), "wait");
        await().atMost(Delays.LONG).until(() -> started.words().size() == 2);
        program.process().destroy();
        assertThat(program.exitCode()).isEqualTo(143);
        assertWorkersGone(started);
        assertNothingLeftOf(program);
    }

    @Test
    void aParentKilledWithSigkillTakesItsWorkersAlongEvenWhileTheySpin() throws Exception {
        Latch started = Latch.in(temporary, "started");
        Program program = Program.start(temporary, ExitWhileWorkersSpin.class, started.path(), "wait");
        await().atMost(Delays.LONG).until(() -> started.words().size() == 2);
        program.process().destroyForcibly();
        assertThat(program.exitCode()).isEqualTo(137);
        assertWorkersGone(started);
        deleteWhatAKilledParentLeaves(program);
    }

    private static void assertWorkersGone(Latch pids) {
        List<Long> workers = pids.words().stream().map(Long::valueOf).toList();
        assertThat(workers).hasSize(2);
        await().atMost(Delays.LONG)
                .until(() -> workers.stream()
                        .noneMatch(pid -> ProcessHandle.of(pid)
                                .map(ProcessHandle::isAlive)
                                .orElse(false)));
    }

    private static List<Path> filesOf(Program program) throws Exception {
        String prefix = "coppice-" + program.process().pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    private static void assertNothingLeftOf(Program program) throws Exception {
        assertThat(filesOf(program)).isEmpty();
    }

    /** SIGKILL lets nobody clean up: the private directory stays, with the socket and the argument files. */
    private static void deleteWhatAKilledParentLeaves(Program program) throws Exception {
        for (Path left : filesOf(program)) {
            try (Stream<Path> files = Files.walk(left)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }
}
