package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processes that calls have started: they end with a worker that is killed or crashes, and survive one that leaves. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class OffspringIT {
    @TempDir
    Path temporary;

    enum Death {
        HALT,
        SIGKILL,
        SIGTERM
    }

    /** A shell with a child, and a daemon: its parent has ended, and it is in a session of its own. */
    private static int startFamilies(Latch told) {
        Processes.family(told);
        Processes.shell("setsid sh -c 'echo $$ >> " + told.path() + "; exec sleep 1000' &");
        await().atMost(Delays.LONG).until(() -> told.words().size() == 3);
        return 3;
    }

    private static int diesWithFamilies(Latch told, Death death) throws Exception {
        startFamilies(told);
        if (death == Death.HALT) Runtime.getRuntime().halt(3);
        Processes.signal(death == Death.SIGKILL ? "KILL" : "TERM", Calls.pid());
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    }

    /** They are sent SIGKILL before close returns; to die takes a moment. */
    private static void assertAllEnd(Latch told) {
        assertThat(Processes.pids(told)).hasSize(3);
        Processes.awaitGone(Processes.pids(told), Delays.LONG);
    }

    @ParameterizedTest
    @CsvSource({"HALT", "SIGKILL", "SIGTERM"})
    void theyEndWithAWorkerThatDies(Death death) throws Exception {
        Latch told = Latch.in(temporary, "told");
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<?> call = pool.submit(() -> diesWithFamilies(told, death));
            assertThatThrownBy(() -> call.result(Delays.LONG)).isInstanceOf(BrokenProcessPool.class);
        }
        assertAllEnd(told);
    }

    @ParameterizedTest
    @CsvSource({"killWorkers", "terminateWorkers"})
    void theyEndWithWorkersThatAreEndedByForce(String how) throws Exception {
        Latch told = Latch.in(temporary, "told");
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<?> call = pool.submit(() -> {
                startFamilies(told);
                new Latch(told.path() + ".all").open();
                Thread.sleep(Long.MAX_VALUE);
                return 0;
            });
            Latch all = new Latch(told.path() + ".all");
            await().atMost(Delays.LONG).until(all::isOpen);
            if (how.equals("killWorkers")) pool.killWorkers();
            else pool.terminateWorkers();
            assertThatThrownBy(() -> call.result(Delays.LONG)).isInstanceOf(BrokenProcessPool.class);
        }
        assertAllEnd(told);
    }

    /** As in Python: what it was for, nobody knows but the call. */
    @Test
    void theySurviveAWorkerThatLeaves() throws Exception {
        Latch told = Latch.in(temporary, "told");
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(() -> startFamilies(told)).result(Delays.LONG);
        }
        List<Long> families = Processes.pids(told);
        try {
            assertThat(families).hasSize(3).allMatch(Processes::runs);
        } finally {
            Processes.kill(families);
        }
    }

    /** One of them leaves, another is killed. */
    @Test
    void thoseOfOtherWorkersAreLeftAlone() throws Exception {
        Latch kept = Latch.in(temporary, "kept");
        Latch ended = Latch.in(temporary, "ended");
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).maxTasksPerChild(1).build()) {
            pool.submit(() -> startFamilies(kept)).result(Delays.LONG);
            Future<?> call = pool.submit(() -> diesWithFamilies(ended, Death.HALT));
            assertThatThrownBy(() -> call.result(Delays.LONG)).isInstanceOf(BrokenProcessPool.class);
        }
        try {
            assertAllEnd(ended);
            assertThat(Processes.pids(kept)).hasSize(3).allMatch(Processes::runs);
        } finally {
            Processes.kill(Processes.pids(kept));
        }
    }

    static final class ExitsWithFamilies {
        public static void main(String[] args) throws Exception {
            Latch told = new Latch(args[0]);
            var pool = new ProcessPoolExecutor(1);
            pool.submit(() -> startFamilies(told)).result(Delays.LONG);
            pool.submit(() -> {
                Thread.sleep(Long.MAX_VALUE);
                return 0;
            });
            System.exit(7);
        }
    }

    @Test
    void theyEndWithTheJvmThatExits() throws Exception {
        Latch told = Latch.in(temporary, "told");
        Program program = Program.start(temporary, ExitsWithFamilies.class, told.path());
        assertThat(program.exitCode()).isEqualTo(7);
        assertAllEnd(told);
    }

    /** The way out for a daemon that is to outlive any worker. */
    @Test
    void aDaemonWithoutTheMarkSurvives() throws Exception {
        Latch told = Latch.in(temporary, "told");
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<?> call = pool.submit(() -> {
                ProcessBuilder daemon =
                        new ProcessBuilder("setsid", "sh", "-c", "echo $$ >> " + told.path() + "; exec sleep 1000");
                assertThat(daemon.environment().remove("COPPICE_WORKER")).startsWith("coppice-");
                daemon.start();
                told.await();
                return Calls.halt(3);
            });
            assertThatThrownBy(() -> call.result(Delays.LONG)).isInstanceOf(BrokenProcessPool.class);
        }
        try {
            assertThat(Processes.pids(told)).hasSize(1).allMatch(Processes::runs);
        } finally {
            Processes.kill(Processes.pids(told));
        }
    }
}
