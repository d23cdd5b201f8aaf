package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenExecutor;
import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a caller sees when a worker dies: running a call, idle, starting, or in its initializer. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class DeathIT {
    @TempDir
    Path temporary;

    // ---- abrupt death ----

    @Test
    @Tag("P02")
    @Tag("P03")
    void aDeadWorkerFailsEveryFutureWithABrokenProcessPoolOfItsOwn() throws Exception {
        Latch release = Latch.in(temporary, "release");
        Latch victimRuns = Latch.in(temporary, "victim");
        Latch bystanderRuns = Latch.in(temporary, "bystander");
        try (var pool = new ProcessPoolExecutor(2)) {
            Future<Long> victim = pool.submit(Calls::pidWhen, victimRuns, release);
            Future<Long> bystander = pool.submit(Calls::pidWhen, bystanderRuns, release);
            List<Future<Integer>> pending = new ArrayList<>();
            for (int i = 0; i < 5; i++) pending.add(pool.submit(Calls::increment, i));
            victimRuns.await();
            bystanderRuns.await();
            long pid = Long.parseLong(victimRuns.words().get(0));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            List<Future<?>> all = new ArrayList<>(List.of(victim, bystander));
            all.addAll(pending);
            Set<Throwable> failures = new HashSet<>();
            for (Future<?> each : all) failures.add(each.exception());
            assertThat(failures).hasSize(all.size()).hasOnlyElementsOfType(BrokenProcessPool.class);

            Throwable told = catchThrowable(victim::result);
            StackTraceElement[] trace = told.getStackTrace();
            for (int i = 0; i < 3; i++)
                assertThat(catchThrowable(victim::result)).isSameAs(told);
            assertThat(told.getStackTrace()).as("it does not grow").isEqualTo(trace);
            assertThat(told.getSuppressed()).isEmpty();

            assertThat(victim.exception())
                    .hasMessageStartingWith("worker died while running a call: worker=")
                    .hasMessageContaining("pid=" + pid)
                    .hasMessageContaining("call=1 (io.coppice.it.Calls::pidWhen)")
                    .hasMessageContaining("exit=137 (SIGKILL)")
                    .hasMessageContaining("make a new pool");
            assertThat(bystander.exception()).hasMessageContaining("call=2 (io.coppice.it.Calls::pidWhen) was running");
            assertThat(pending.get(0).exception())
                    .hasMessageContaining("call=3 (io.coppice.it.Calls::increment) had not started");

            assertThatThrownBy(() -> pool.submit(Calls::pid))
                    .isInstanceOf(BrokenProcessPool.class)
                    .isInstanceOf(BrokenExecutor.class)
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("pid=" + pid);
            assertThatThrownBy(() -> pool.map(Calls::increment, List.of(1))).isInstanceOf(BrokenProcessPool.class);
            assertThat(pool.isShutdown()).isTrue();
            assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue(); // without a shutdown: a broken pool ends by itself
        }
    }

    @Test
    @Tag("D06")
    @Tag("P06")
    void exitInACallIsADeathWithItsExitCode() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(() -> {
                        System.exit(3);
                        return 1;
                    })::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("exit=3,");
        }
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(Calls::halt, 99)::result)).hasMessageContaining("exit=99,");
        }
        try (var pool = new ProcessPoolExecutor(1)) {
            // Even a clean exit: nobody asked for it.
            assertThat(catchThrowable(pool.submit(Calls::halt, 0)::result)).hasMessageContaining("exit=0,");
        }
    }

    @Test
    void aWorkerThatDiesIdleBreaksThePool() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long pid = pool.submit(Calls::pid).result();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThatThrownBy(() -> pool.submit(Calls::pid))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker died while waiting for calls");
        }
    }

    @Test
    void aDeathInTheMiddleOfAMapFailsItOnceAndForAll() {
        try (var pool = new ProcessPoolExecutor(2)) {
            var results = pool.map(
                    (Integer n) -> n == 70 ? Calls.halt(1) : n,
                    () -> java.util.stream.IntStream.range(0, 1000).iterator(),
                    MapOptions.chunksize(7).buffersize(10));
            List<Integer> got = new ArrayList<>();
            assertThatThrownBy(() -> results.forEachRemaining(got::add))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("chunk of 7");
            assertThat(got).hasSizeLessThanOrEqualTo(70);
            for (int i = 0; i < got.size(); i++) assertThat(got.get(i)).isEqualTo(i);
        }
    }

    @Test
    void aWorkerThatCannotStartBreaksThePoolAndSaysWhy() {
        var badOption = WorkerContext.spawn().jvmOptions("-XX:NoSuchOption").output(Output.DISCARD);
        try (var pool = ProcessPoolExecutor.builder().context(badOption).build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker died while starting")
                    .hasMessageContaining("exit=1,");
        }
        var noJava = WorkerContext.spawn().javaHome(temporary);
        try (var pool = ProcessPoolExecutor.builder().context(noJava).build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker could not be started")
                    .hasMessageContaining(temporary.toString())
                    .hasRootCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void aDeathIsToldWithItsExitCodeWhileUserCodeBlocksTheCommonPool() {
        Latch release = Latch.in(temporary, "release");
        int threads = ForkJoinPool.commonPool().getParallelism() + 2;
        List<CompletableFuture<Void>> blocking = new ArrayList<>();
        for (int i = 0; i < threads; i++)
            blocking.add(CompletableFuture.runAsync(release::await, ForkJoinPool.commonPool()));
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(Calls::halt, 99)::result)).hasMessageContaining("exit=99,");
        }
        var pool = new ProcessPoolExecutor(1);
        assertThat(pool.submit(Calls::increment, 1).toCompletableFuture().join())
                .isEqualTo(2);
        long start = System.nanoTime();
        pool.close();
        // An exit that is not noticed is waited for until the worker is given up.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Delays.LONG.dividedBy(2));
        release.open();
        blocking.forEach(CompletableFuture::join);
    }

    // ---- initializer ----

    @Test
    void aFailingInitializerBreaksThePoolWithItsExceptionAsTheCause() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .initializer(() -> {
                    throw new IllegalStateException("error in initializer");
                })
                .build()) {
            Future<Long> future = pool.submit(Calls::pid);
            assertThat(catchThrowable(future::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("initializer failed in a worker")
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("error in initializer");
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(BrokenProcessPool.class);
        }
    }

    @Test
    void aDeathInTheInitializerIsToldAsSuch() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(Calls::halt, 5)
                .build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("while running the initializer")
                    .hasMessageContaining("exit=5");
        }
    }
}
