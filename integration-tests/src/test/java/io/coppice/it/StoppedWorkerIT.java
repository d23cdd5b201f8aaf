package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.Executor;
import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.OnWorkerDeath;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Results;
import io.coppice.Task;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** 0 is quick; 1 is stuck until it is released, whoever interrupts it; any other says that it ran. */
    static int step(String call) throws IOException {
        String[] parts = call.split("\\|");
        int n = Integer.parseInt(parts[0]);
        if (n == 1) {
            new Latch(parts[1]).open();
            while (!new File(parts[2]).exists()) if (!Thread.interrupted()) LockSupport.parkNanos(1_000_000);
        } else if (n > 1) {
            new Latch(parts[3]).open(Integer.toString(n));
        }
        return n;
    }

    private static final Fn1<String, Integer> STEP = StoppedWorkerIT::step; // one function, of which the pace is known

    @Test
    void whatIsTakenBackAfterShutdownNowNeverRuns(@TempDir Path temporary) throws Exception {
        Latch begun = Latch.in(temporary, "begun");
        Latch release = Latch.in(temporary, "release");
        Latch ran = Latch.in(temporary, "ran");
        String latches = "|" + begun.path() + "|" + release.path() + "|" + ran.path();
        List<Future<Integer>> behind = new ArrayList<>();
        try (var pool = new ProcessPoolExecutor(1)) {
            long worker = pool.submit(Calls::pid).result();
            Results<Integer> warm = pool.map(STEP, Collections.nCopies(20_000, "0"));
            warm.forEachRemaining(zero -> {});
            Future<Integer> stuck = pool.submit(STEP, "1" + latches);
            begun.await();
            signal("STOP", worker);
            try {
                for (int n = 2; n < 50; n++) behind.add(pool.submit(STEP, n + latches));
                await().atMost(Delays.LONG)
                        .until(() -> behind.stream().anyMatch(Future::isRunning)); // and asked back soon
                pool.shutdownNow();
                signal("CONT", worker);
                Futures.wait(behind, Delays.LONG);
            } finally {
                signal("CONT", worker);
                release.open();
            }
            assertThat(stuck.result()).isEqualTo(1);
        }
        assertThat(behind)
                .allMatch(future ->
                        future.isCancelled() || future.snapshot().exception() instanceof InterruptedException);
        assertThat(ran.words()).isEmpty();
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

    /** A pool with a worker that was stopped after some calls. */
    private static long stopWorker(ProcessPoolExecutor pool) throws Exception {
        long worker = 0;
        for (int i = 0; i < 3; i++) worker = pool.submit(Calls::pid).result();
        signal("STOP", worker);
        Processes.awaitStopped(worker);
        return worker;
    }

    static Stream<OnWorkerDeath> policies() {
        return Stream.of(OnWorkerDeath.breakPool(), OnWorkerDeath.replace());
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @MethodSource("policies")
    void aCallThatIsCancelledBeforeItsStoppedWorkerHasBegunItHoldsUpNobody(OnWorkerDeath policy) throws Exception {
        try (var pool = OnWorkerDeathIT.pool(1, policy)) {
            long stopped = stopWorker(pool);
            Future<Integer> unwanted = pool.submit(Calls::increment, 1);
            await().atMost(Delays.LONG).until(unwanted::isRunning);
            assertThat(unwanted.cancel(true)).isTrue();
            assertThat(pool.submit(Calls::pid).result(Delays.LONG)).isNotEqualTo(stopped);
        }
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @MethodSource("policies")
    void aCallWithALimitThatAStoppedWorkerHasNotBegunIsRunByAnother(OnWorkerDeath policy) throws Exception {
        try (var pool = OnWorkerDeathIT.pool(1, policy)) {
            long stopped = stopWorker(pool);
            Executor limited = pool.withTimeout(Duration.ofMillis(300), Duration.ofMillis(100));
            assertThat(limited.submit(Calls::pid).result(Delays.LONG)).isNotEqualTo(stopped);
        }
    }
}
