package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code terminateWorkers} and {@code killWorkers}: the workers end now, and every call with them. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ForceShutdownIT {
    enum Force {
        TERMINATE {
            @Override
            void apply(ProcessPoolExecutor pool) {
                pool.terminateWorkers();
            }
        },
        KILL {
            @Override
            void apply(ProcessPoolExecutor pool) {
                pool.killWorkers();
            }
        };

        abstract void apply(ProcessPoolExecutor pool);
    }

    @TempDir
    Path temporary;

    private static void leaveWordAtExit(Latch latch) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> latch.open("hook ran")));
    }

    private static void assertForcefullyShutDown(Future<?> future) throws Exception {
        assertThat(future.exception(Delays.LONG))
                .isInstanceOf(BrokenProcessPool.class)
                .hasMessageContaining("forcefully shut down");
    }

    private static void assertTerminates(ProcessPoolExecutor pool) throws InterruptedException {
        assertThat(pool.awaitTermination(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(NothingLeftBehind.workers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P20")
    @Tag("P21")
    @Tag("P23")
    @Tag("P26")
    void everyUnfinishedCallEndsAndItsWorkerGetsTheSignal(Force force) throws Exception {
        Latch hookRan = Latch.in(temporary, "hook");
        Latch started = Latch.in(temporary, "started");
        Latch release = Latch.in(temporary, "release");
        Latch finished = Latch.in(temporary, "finished");
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .initializer(ForceShutdownIT::initialize, hookRan)
                .build()) {
            Future<Integer> done = pool.submit(Calls::increment, 1);
            assertThat(done.result()).isEqualTo(2);
            List<Future<?>> unfinished = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                unfinished.add(pool.submit(() -> {
                    started.open("started");
                    release.await();
                    finished.open("finished");
                    return 1;
                }));
            }
            await().atMost(Delays.LONG).until(() -> started.words().size() == 2);

            force.apply(pool);
            assertThat(pool.isShutdown()).isTrue();
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(RejectedExecutionException.class);
            for (Future<?> each : unfinished) assertForcefullyShutDown(each);
            assertTerminates(pool);
            force.apply(pool); // again

            release.open();
            assertThat(done.result()).isEqualTo(2);
        }
        assertThat(started.words()).hasSize(2);
        assertThat(finished.isOpen()).isFalse();
        if (force == Force.TERMINATE) assertThat(hookRan.words()).containsExactly("hook ran", "hook ran");
        else assertThat(hookRan.isOpen()).isFalse();
    }

    private static int initialize(Latch hookRan) {
        leaveWordAtExit(hookRan);
        return 0;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P24")
    void itMayComeAfterACrash(Force force) throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Integer> crashed = pool.submit(Calls::halt, 9);
            assertThat(crashed.exception(Delays.LONG)).hasMessageContaining("exit=9,");
            force.apply(pool);
            assertThat(crashed.exception()).hasMessageContaining("exit=9,");
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(RejectedExecutionException.class);
            assertTerminates(pool);
            force.apply(pool);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P25")
    @Tag("P26")
    void itStartsNothing(Force force) throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            force.apply(pool);
            assertThat(pool.isTerminated()).as("there was nothing to end").isTrue();
            assertThat(NothingLeftBehind.workers()).isEmpty();
            assertThatThrownBy(() -> pool.submit(Calls::pid)).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itMayComeWhileWorkersAreStartingAndFromACallback(Force force) throws Exception {
        Latch never = Latch.in(temporary, "never");
        try (var pool = new ProcessPoolExecutor(2)) {
            List<Future<?>> starting = List.of(pool.submit(never::await), pool.submit(never::await));
            force.apply(pool);
            for (Future<?> each : starting) assertForcefullyShutDown(each);
            assertTerminates(pool);
        }
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Integer> first = pool.submit(Calls::increment, 1);
            first.addDoneCallback(done -> force.apply(pool));
            Future<?> behind = pool.submit(never::await);
            assertForcefullyShutDown(behind);
            assertThat(first.result()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itEndsAMap(Force force) {
        Latch started = Latch.in(temporary, "started");
        Latch release = Latch.in(temporary, "release");
        try (var pool = new ProcessPoolExecutor(1)) {
            var results = pool.map(
                    (Integer n) -> {
                        if (n == 5) Calls.pidWhen(started, release);
                        return n;
                    },
                    IntStream.range(0, 100).boxed().toList(),
                    MapOptions.chunksize(2).buffersize(10));
            started.await();
            force.apply(pool);
            List<Integer> got = new ArrayList<>();
            assertThatThrownBy(() -> results.forEachRemaining(got::add))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("forcefully shut down");
            assertThat(got).isSubsetOf(0, 1, 2, 3);
        }
    }
}
