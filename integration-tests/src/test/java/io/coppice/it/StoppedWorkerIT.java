package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A worker that does nothing at all any more, as one in a debugger or a long pause, holds up nobody but its own call.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(NothingLeftBehind.class)
class StoppedWorkerIT {
    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void callsThatAreGivenUpInAStoppedWorkerDoNotStopThePool() throws Exception {
        try (var pool = new ProcessPoolExecutor(2)) {
            List<Callable<Integer>> tasks = new ArrayList<>(Collections.nCopies(20_000, (Task<Integer>) () -> 1));
            for (int i = 0; i < 3; i++) pool.invokeAll(tasks); // both are there, and it is known how quick they are
            long stopped = pool.submit(Calls::pid).result();
            signal("STOP", stopped);
            try {
                for (int round = 0; round < 3; round++) {
                    List<java.util.concurrent.Future<Integer>> given =
                            pool.invokeAll(tasks, 500, TimeUnit.MILLISECONDS);
                    assertThat(given).hasSize(tasks.size());
                }
                Future<Long> after = pool.submit(Calls::pid);
                assertThat(after.result(Delays.LONG)).isNotEqualTo(stopped);
            } finally {
                signal("CONT", stopped);
            }
        }
    }
}
