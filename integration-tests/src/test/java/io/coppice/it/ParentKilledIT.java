package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parent that is killed with SIGKILL takes along its workers and what these have started, at once. */
@Tag("jdk")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class ParentKilledIT {
    private static final Duration AT_ONCE = Delays.scaled(Duration.ofSeconds(2));

    private static final String VARIABLE = "COPPICE_IT_DIRECTORY";

    @TempDir
    Path temporary;

    /** Two workers, each with two shells and their sleeping children, whose calls then spin in whatever way. */
    static final class SpinsWithFamilies {
        public static void main(String[] args) throws Exception {
            Latch told = new Latch(args[0]);
            String how = args[1];
            String[] options = List.of(args).subList(2, args.length).toArray(String[]::new);
            var context = WorkerContext.spawn()
                    .jvmOptions(options)
                    .environment(
                            Map.of(VARIABLE, Path.of(told.path()).getParent().toString()));
            var pool =
                    ProcessPoolExecutor.builder().maxWorkers(2).context(context).build();
            for (int i = 0; i < 2; i++) {
                pool.submit(() -> {
                    told.open(Long.toString(Calls.pid()));
                    Processes.family(told);
                    new ProcessBuilder("env", "-i", "sh", "-c", "echo $$ >> " + told.path() + "; exec sleep 1000")
                            .start();
                    return spin(how);
                });
            }
            Thread.sleep(Long.MAX_VALUE);
        }

        private static long spin(String how) throws Exception {
            List<byte[]> kept = new ArrayList<>();
            long sum = 0;
            while (true) {
                switch (how) {
                    case "counted" -> sum += counted(Integer.MAX_VALUE);
                    case "forking" -> Processes.shell("exec sleep 1000").waitFor(); // a process for each of many files
                    case "full" -> {
                        try {
                            kept.add(new byte[1 << 16]);
                        } catch (OutOfMemoryError full) {
                            // and it stays so
                        }
                    }
                    default -> Thread.onSpinWait();
                }
                if (sum == 7) return sum;
            }
        }

        /** No call and no allocation in it: compiled, it need not look whether anybody waits for it to stop. */
        private static long counted(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) sum += (sum ^ i) * i / (1 + (i & 7));
            return sum;
        }
    }

    private List<Long> startAndKill(String how, String... options) throws Exception {
        Latch told = Latch.in(temporary, "told");
        List<String> arguments = new ArrayList<>(List.of(told.path(), how));
        arguments.addAll(List.of(options));
        Program program = Program.start(
                temporary,
                List.of("-Djava.io.tmpdir=" + temporary), // where what it leaves is deleted
                System.getProperty("java.class.path"),
                SpinsWithFamilies.class.getName(),
                arguments.toArray(String[]::new));
        await().atMost(Delays.LONG).until(() -> told.words().size() == 8); // each: worker, two of the family, one other
        if (!how.equals("waiting"))
            await().pollDelay(Delays.scaled(Duration.ofMillis(300))).until(() -> true); // compiled
        program.process().destroyForcibly();
        assertThat(program.exitCode()).isEqualTo(137);
        return Processes.pids(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "counted"})
    void itsWorkersAndTheirChildrenEndWhileTheCallsSpin(String how) throws Exception {
        Processes.awaitGone(startAndKill(how), AT_ONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC"})
    void loopsThatCountStopUnderEveryCollector(String collector) throws Exception {
        Processes.awaitGone(startAndKill("counted", collector), AT_ONCE);
    }

    @Test
    void aWorkerWithoutMemoryEndsToo() throws Exception {
        List<Long> pids = startAndKill("full", "-Xmx16m");
        List<Long> workers = List.of(pids.get(0)); // the first to tell is a worker
        try {
            Processes.awaitGone(workers, Delays.LONG);
        } finally {
            Processes.kill(pids); // its children it can spare no memory to look for
        }
    }

    @Test
    void whatACallGoesOnToStartEndsToo() throws Exception {
        List<Long> pids = startAndKill("forking");
        Processes.awaitGone(pids, AT_ONCE);
        await().atMost(AT_ONCE)
                .untilAsserted(() -> assertThat(Processes.withVariable(VARIABLE, temporary.toString()))
                        .isEmpty());
    }
}
