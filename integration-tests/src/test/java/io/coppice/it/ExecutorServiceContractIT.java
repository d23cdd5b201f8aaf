package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.Action;
import io.coppice.Future;
import io.coppice.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the JDK says of an ExecutorService. */
class ExecutorServiceContractIT extends ExecutorContract {
    // ---- execute ----

    @Test
    void executeRunsACommandAndLogsWhatItThrows() throws Exception {
        Latch ran = latch("ran");
        Action failing = () -> {
            throw new IllegalStateException("on purpose");
        };
        try (LoggedEvents log = new LoggedEvents()) {
            executor.execute(failing);
            executor.execute((Action) ran::open);
            ran.await();
            await().atMost(Delays.LONG)
                    .until(() -> log.startingWith("uncaught exception in a task given to execute")
                                    .size()
                            == 1);
        }
        assertThat(executor.submit(Calls::increment, 1).result()).isEqualTo(2);
        assertThatThrownBy(() -> executor.execute(null)).isInstanceOf(NullPointerException.class);
        executor.shutdown();
        assertThatThrownBy(() -> executor.execute((Action) ran::open)).isInstanceOf(RejectedExecutionException.class);
    }

    // ---- shutdownNow, awaitTermination ----

    @Test
    void shutdownNowCancelsWhatHasNotStartedAndGivesItBack() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        Latch ran = latch("ran");
        List<Future<?>> pending = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = "pending " + i;
            pending.add(executor.submit((Action) () -> ran.open(name)));
        }
        pending.get(2).cancel();
        List<Runnable> neverStarted = executor.shutdownNow();
        assertThat(executor.isShutdown()).isTrue();
        for (Future<?> each : pending) assertThat(each.isCancelled()).isTrue();
        neverStarted.forEach(Runnable::run);
        assertThat(ran.words()).containsExactly("pending 0", "pending 1", "pending 3", "pending 4");
        assertThat(pending.get(0).isCancelled()).isTrue();
        assertThat(executor.shutdownNow()).isEmpty();
        release.open();
        assertThat(Futures.wait(occupying, Delays.LONG).notDone()).isEmpty();
        assertThat(executor.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void awaitTerminationSaysWhetherItHasEnded() throws Exception {
        occupyAllWorkers();
        assertThat(executor.isShutdown()).isFalse();
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        assertThat(executor.awaitTermination(-1, TimeUnit.SECONDS)).isFalse();
        assertThat(executor.awaitTermination(Delays.SHORT.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        release.open();
        assertThat(executor.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor.awaitTermination(-1, TimeUnit.SECONDS)).isTrue();
    }

    // ---- interrupts ----

    @Test
    void everyWaitCanBeInterrupted() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        Future<Long> running = occupying.get(0);
        assertThat(new Waiter(running::get).interrupted()).isInstanceOf(InterruptedException.class);
        assertThat(new Waiter(() -> running.result(Delays.LONG)).interrupted())
                .isInstanceOf(InterruptedException.class);
        assertThat(new Waiter(() -> Futures.wait(occupying)).interrupted()).isInstanceOf(InterruptedException.class);
        assertThat(new Waiter(() -> executor.invokeAny(List.of(blocking("x")))).interrupted())
                .isInstanceOf(InterruptedException.class);
        assertThat(new Waiter(() -> executor.awaitTermination(1, TimeUnit.DAYS)).interrupted())
                .isInstanceOf(InterruptedException.class);
        for (Callable<?> iteration : List.<Callable<?>>of(
                () -> Futures.asCompleted(occupying).iterator().next(),
                () -> executor.map(Calls::increment, List.of(1)).next())) {
            Waiter waiter = new Waiter(iteration);
            assertThat(waiter.interrupted())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(waiter.interruptedAtItsEnd).isTrue();
        }
        release.open();
        assertThat(running.result()).isPositive();
    }

    @Test
    void closeGoesOnWaitingAndKeepsTheInterrupt() throws Exception {
        occupyAllWorkers();
        Waiter waiter = new Waiter(() -> {
            executor.close();
            return null;
        });
        waiter.interrupt();
        waiter.thread.join(Delays.SHORT.toMillis());
        assertThat(waiter.thread.isAlive()).isTrue();
        release.open();
        assertThat(waiter.end()).isNull();
        assertThat(waiter.interruptedAtItsEnd).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    // ---- what cannot leave this JVM ----

    @Test
    void aThreadPoolTakesWhatAProcessPoolRefusesByNamingTheWayOut() throws Exception {
        Object notSerializable = new Object();
        Callable<Integer> plain = () -> notSerializable.hashCode() & 1;
        Runnable plainToo = () -> assertThat(notSerializable).isNotNull();
        var completions = new ExecutorCompletionService<Integer>(executor);
        if (kind == ExecutorKind.THREADS) {
            assertThat(executor.submit(plain).get()).isBetween(0, 1);
            assertThat(executor.submit(plainToo, "done").get()).isEqualTo("done");
            completions.submit(plain);
            assertThat(completions.take().get()).isBetween(0, 1);
            assertThat(CompletableFuture.supplyAsync(() -> notSerializable, executor)
                            .get())
                    .isSameAs(notSerializable);
        } else {
            assertThatThrownBy(() -> executor.submit(plain))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("call cannot be sent to a worker: function");
            assertThatThrownBy(() -> executor.submit(plainToo)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> executor.execute(plainToo)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> executor.invokeAll(List.of(plain))).isInstanceOf(IllegalArgumentException.class);
            for (Callable<?> wrapped : List.<Callable<?>>of(
                    () -> completions.submit(plain),
                    () -> CompletableFuture.supplyAsync(() -> notSerializable, executor)))
                assertThatThrownBy(wrapped::call)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("submit the task itself, as an io.coppice.Task")
                        .hasMessageContaining("toCompletableFuture()");
        }
    }
}
