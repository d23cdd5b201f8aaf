package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import io.coppice.WorkerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pools inside of workers: refused, unless somebody has allowed them. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class NestedPoolsIT {
    @TempDir
    Path temporary;

    private static long pidFromAPoolHere(int nestedPools) throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(WorkerContext.spawn().nestedPools(nestedPools))
                .build()) {
            return pool.submit(Calls::pid).result();
        }
    }

    /** The text of the exception, two levels down. */
    private static long levels(int left, int nestedPools) throws Exception {
        if (left == 0) return Calls.pid();
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(WorkerContext.spawn().nestedPools(nestedPools))
                .build()) {
            return pool.submit(() -> levels(left - 1, nestedPools)).result();
        }
    }

    @Test
    void aWorkerMayHaveNoProcessPoolAndIsToldWhatToDo() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Long> submit = pool.submit(() -> pidFromAPoolHere(5));
            assertThatThrownBy(() -> submit.result(Delays.LONG))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContainingAll("nestedPools(1)", "ThreadPoolExecutor");
            Future<?> map = pool.submit(() -> {
                try (var inner = new ProcessPoolExecutor(1)) {
                    inner.map(Calls::increment, List.of(1)).next();
                }
            });
            assertThatThrownBy(() -> map.result(Delays.LONG)).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void aPoolThatIsMadeAndNotUsedAndAThreadPoolAreFine() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            int three = pool.submit(() -> {
                        try (var unused = new ProcessPoolExecutor(2);
                                var threads = new ThreadPoolExecutor(2)) {
                            return threads.submit(Calls::increment, 2).result();
                        }
                    })
                    .result(Delays.LONG);
            assertThat(three).isEqualTo(3);
        }
    }

    @Test
    void theOuterPoolSaysHowManyLevelsThereMayBe() throws Exception {
        assertThat(levels(2, 1)).isNotEqualTo(Calls.pid());
        assertThatThrownBy(() -> levels(3, 1)).isInstanceOf(RejectedExecutionException.class);
        assertThat(levels(3, 2)).isNotEqualTo(Calls.pid());
    }

    /** What a Java program that a call starts makes of a pool; it has no property, but the environment. */
    static final class Submits {
        public static void main(String[] args) throws Exception {
            try (var pool = new ProcessPoolExecutor(1)) {
                System.out.println("pid: " + pool.submit(Calls::pid).result());
            } catch (RejectedExecutionException refused) {
                System.out.println("refused");
            }
        }
    }

    private static List<String> runProgram(String directory) throws Exception {
        Program program = Program.start(Path.of(directory), Submits.class);
        program.exitCode();
        return program.out();
    }

    @Test
    void theRuleHoldsForProgramsThatACallStarts() throws Exception {
        String directory = temporary.toString();
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(() -> List.copyOf(runProgram(directory))).result())
                    .containsExactly("refused");
        }
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(WorkerContext.spawn().nestedPools(1))
                .build()) {
            assertThat(pool.submit(() -> List.copyOf(runProgram(directory))).result())
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("pid: "));
        }
    }

    /** Submits when it is loaded; and a worker that is sent its lambda loads it. */
    static final class ForkBomb {
        static final int RESULT;

        static {
            System.out.println("loaded by " + Calls.pid());
            try (var pool = new ProcessPoolExecutor(2)) {
                RESULT = pool.submit(() -> 6 * 7).result();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        public static void main(String[] args) {
            System.out.println("ends");
        }
    }

    @Test
    void aClassThatSubmitsWhenItIsLoadedFailsInTheFirstWorker() throws Exception {
        Program program = Program.start(temporary, ForkBomb.class);
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.out()).hasSize(2).allMatch(line -> line.startsWith("loaded by "));
        assertThat(String.join("\n", program.err())).contains("nestedPools(1)");
    }
}
