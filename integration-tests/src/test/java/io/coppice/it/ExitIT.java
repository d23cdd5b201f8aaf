package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.coppice.BrokenProcessPool;
import io.coppice.Executor;
import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How whole programs end, with and without a shutdown: rule D5 of docs/architecture.md. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ExitIT {
    @TempDir
    Path temporary;

    /** Main returns; what it submitted is still to come. */
    static final class PendingWork {
        public static void main(String[] args) {
            Executor executor = ExecutorKind.valueOf(args[0]).create(1);
            Future<String> slow = executor.submit(() -> {
                Thread.sleep(200);
                return "apple";
            });
            slow.addDoneCallback(done -> {
                if (!done.isCancelled()) System.out.println(done.snapshot().result());
            });
            if (args[1].equals("shutdown")) executor.shutdown(false);
            if (args[1].equals("cancel")) executor.shutdown(false, true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "THREADS, open",
        "PROCESSES, open",
        "THREADS, shutdown",
        "PROCESSES, shutdown",
        "THREADS, cancel",
        "PROCESSES, cancel"
    })
    @Tag("S02")
    @Tag("S06")
    @Tag("S14")
    void pendingWorkKeepsTheJvmAliveAndAnIdlePoolDoesNot(String kind, String end) throws Exception {
        Program program = Program.start(temporary, PendingWork.class, kind, end);
        assertThat(program.exitCode()).isZero();
        assertThat(program.err()).isEmpty();
        if (end.equals("cancel")) assertThat(program.out()).isSubsetOf("apple"); // if it had started already
        else assertThat(program.out()).containsExactly("apple");
        assertNothingLeftOf(program);
    }

    /** Submits to a pool that runs and to one that never ran, while the JVM ends. */
    static final class SubmitAtExit {
        public static void main(String[] args) throws Exception {
            ExecutorKind kind = ExecutorKind.valueOf(args[0]);
            Executor running = kind.create(1);
            Executor unused = kind.create(1);
            running.submit(Calls::increment, 1).result();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                int calls = kind == ExecutorKind.THREADS ? 10 : Integer.MAX_VALUE;
                System.out.println("running: " + submitTo(running, calls));
                System.out.println("unused: " + submitTo(unused, calls));
            }));
        }

        /** Hooks run side by side: what is submitted before the workers are killed is taken, and must end too. */
        private static String submitTo(Executor executor, int calls) {
            try {
                for (int i = 0; i < calls; i++) {
                    Throwable thrown = executor.submit(Calls::increment, 1).exception(Delays.LONG);
                    if (thrown != null && !(thrown instanceof BrokenProcessPool)) return thrown.toString();
                }
                return "runs";
            } catch (RejectedExecutionException refused) {
                return "refused";
            } catch (Exception unexpected) {
                return unexpected.toString();
            }
        }
    }

    @Test
    @Tag("S03")
    @Tag("threads")
    @Tag("processes")
    void whatIsSubmittedWhileTheJvmEndsIsRefusedByAProcessPoolAndHangsNothing() throws Exception {
        Program processes = Program.start(temporary, SubmitAtExit.class, "PROCESSES");
        Program threads = Program.start(temporary, SubmitAtExit.class, "THREADS");
        assertThat(processes.exitCode()).isZero();
        assertThat(processes.out()).containsExactly("running: refused", "unused: refused");
        assertThat(processes.err()).isEmpty();
        assertNothingLeftOf(processes);
        assertThat(threads.exitCode()).isZero();
        assertThat(threads.out()).containsExactly("running: runs", "unused: runs"); // as the JDK's pool does
        assertThat(threads.err()).isEmpty();
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

    /** As a terminal does it: to all that run in it. Whoever starts the tests may have them ignore it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ctrlCEndsTheParentWhichEndsItsWorkersAndNoneOfThemSaysAWord() throws Exception {
        Latch started = Latch.in(temporary, "started");
        List<String> ownGroup = List.of("env", "--default-signal=INT", "setsid");
        assumeThat(new ProcessBuilder("env", "--default-signal=INT", "true")
                        .start()
                        .waitFor())
                .isZero();
        Program program = Program.startBy(
                ownGroup,
                temporary,
                List.of(),
                System.getProperty("java.class.path"),
                ExitWhileWorkersSpin.class.getName(),
                started.path(),
                "wait");
        await().atMost(Delays.LONG).until(() -> started.words().size() == 2);
        Processes.signal("INT", -program.process().pid());
        assertThat(program.exitCode()).isEqualTo(130);
        assertWorkersGone(started);
        assertNothingLeftOf(program);
        assertThat(program.out()).isEmpty();
        assertThat(program.err()).isEmpty();
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
