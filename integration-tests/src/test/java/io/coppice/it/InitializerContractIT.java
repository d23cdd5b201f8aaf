package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.coppice.BrokenExecutor;
import io.coppice.Executor;
import io.coppice.Future;
import io.coppice.Futures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs once in every worker before its first call, and what becomes of the executor if it fails. */
class InitializerContractIT extends ExecutorContract {
    private static final ThreadLocal<Integer> INITIALIZED = ThreadLocal.withInitial(() -> 0);

    /** As the thread sees it that runs this: a worker runs all its calls in one. */
    private static String initialized() {
        return "times=" + INITIALIZED.get();
    }

    private static String initializedWhen(Latch started, Latch release) {
        String seen =
                initialized() + " " + Calls.pid() + "/" + Thread.currentThread().getName();
        started.open();
        release.await();
        return seen;
    }

    @Test
    @Tag("I01")
    void everyWorkerRunsItOnceAndItsCallsSeeWhatItHasDone() throws Exception {
        try (Executor initialized = kind.create(WORKERS, () -> INITIALIZED.set(INITIALIZED.get() + 1))) {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++)
                futures.add(initialized.submit(InitializerContractIT::initializedWhen, latch("started-" + i), release));
            for (int i = 0; i < WORKERS; i++) latch("started-" + i).await();
            release.open();
            Set<String> seen = new HashSet<>();
            for (Future<String> each : futures) seen.add(each.result());
            assertThat(seen).hasSize(WORKERS).allMatch(each -> each.startsWith("times=1 "));
            for (int i = 0; i < 10; i++)
                assertThat(initialized
                                .submit(InitializerContractIT::initialized)
                                .result())
                        .isEqualTo("times=1");
        }
        assertThat(INITIALIZED.get()).isZero();
    }

    private Executor failing() {
        Latch gate = release;
        return kind.create(WORKERS, () -> {
            gate.await(); // until there are calls that wait
            throw new IllegalStateException("error in initializer");
        });
    }

    private void assertBroken(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(kind.broken)
                .isInstanceOf(BrokenExecutor.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("error in initializer");
    }

    @Test
    @Tag("I02")
    void aFailureIsLoggedAndIsTheCauseThatEveryCallAndLaterSubmitGets() throws Exception {
        try (LoggedEvents logged = new LoggedEvents();
                Executor broken = failing()) {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 5; i++) futures.add(broken.submit(Calls::pid));
            var results = broken.map(Calls::increment, List.of(1, 2));
            release.open();
            for (Future<Long> each : Futures.asCompleted(futures, Delays.LONG)) assertBroken(each.exception());
            assertBroken(catchThrowable(results::next));

            assertBroken(catchThrowable(() -> broken.submit(Calls::pid)));
            assertBroken(catchThrowable(() -> broken.map(Calls::increment, List.of(1))));
            assertThatThrownBy(() -> broken.execute(() -> {})).isInstanceOf(kind.broken);
            // The futures end first.
            await().atMost(Delays.LONG)
                    .untilAsserted(() ->
                            assertThat(logged.thatTell("error in initializer")).isNotEmpty());
        }
    }

    /** NothingLeftBehind looks for threads, child JVMs, sockets and files when the test is over. */
    @Test
    @Tag("I03")
    void aFailureLeavesNothingBehind() throws Exception {
        try (LoggedEvents quiet = new LoggedEvents()) {
            Executor broken = failing();
            Future<Long> future = broken.submit(Calls::pid);
            release.open();
            assertBroken(future.exception());
            // A broken pool's workers end by themselves.
            await().atMost(Delays.LONG)
                    .untilAsserted(() -> assertThat(NothingLeftBehind.workers()).isEmpty());
            broken.close();
            assertThat(broken.isTerminated()).isTrue();
        }
    }
}
