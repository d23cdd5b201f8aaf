package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** invokeAll and invokeAny, as the JDK documents them. */
class InvokeContractIT extends ExecutorContract {
    private static <T> Callable<T> task(Task<T> task) {
        return task;
    }

    private Callable<Integer> failing() {
        return task(() -> {
            throw new IOException("on purpose");
        });
    }

    private static List<Callable<Long>> withNull(Callable<Long> first) {
        return Arrays.asList(first, null);
    }

    // ---- invokeAll ----

    @Test
    void invokeAllReturnsWhenAllHaveEndedInTheirOrder() throws Exception {
        var futures = executor.invokeAll(List.of(task(() -> 1), failing(), task(() -> 3)));
        assertThat(futures).allMatch(java.util.concurrent.Future::isDone);
        assertThat(futures.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> futures.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(futures.get(2).get(0, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(executor.<Integer>invokeAll(List.of())).isEmpty();
        assertThat(executor.invokeAll(List.of(task(() -> 1)), Long.MAX_VALUE, TimeUnit.DAYS)
                        .get(0)
                        .get())
                .isEqualTo(1);
    }

    @Test
    void whatHasNotEndedInTimeIsCancelledEvenIfItRuns() throws Exception {
        occupyAllWorkers().get(0).cancel();
        release.open();
        Latch gate = latch("gate");
        List<Callable<Integer>> tasks = Collections.nCopies(2 * WORKERS, task(() -> {
            gate.await();
            return 7;
        }));
        var futures = executor.invokeAll(tasks, Delays.SHORT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(futures).hasSize(2 * WORKERS).allMatch(java.util.concurrent.Future::isDone);
        assertThat(futures).allMatch(java.util.concurrent.Future::isCancelled);
        assertThatThrownBy(() -> futures.get(0).get()).isInstanceOf(CancellationException.class);
        // Its workers are free again: what ran was interrupted.
        assertThat(executor.submit(Calls::increment, 1).result(Delays.LONG)).isEqualTo(2);
    }

    @Test
    void noTimeRunsNothing() throws Exception {
        for (long timeout : new long[] {0, -1}) {
            var futures = executor.invokeAll(List.of(blocking("ran"), blocking("ran")), timeout, TimeUnit.SECONDS);
            assertThat(futures).hasSize(2).allMatch(java.util.concurrent.Future::isCancelled);
        }
        executor.close();
        assertThat(latch("ran").isOpen()).isFalse();
    }

    @Test
    void anInterruptEndsInvokeAllAndGivesItsTasksUp() throws Exception {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < 2 * WORKERS; i++) tasks.add(blocking("running"));
        Waiter waiter = new Waiter(() -> executor.invokeAll(tasks));
        latch("running").await();
        assertThat(waiter.interrupted()).isInstanceOf(InterruptedException.class);
        release.open();
        executor.close();
        assertThat(latch("running").words()).hasSizeLessThanOrEqualTo(WORKERS);
    }

    @Test
    void aNullTaskIsRefusedBeforeAnyRuns() {
        assertThatThrownBy(() -> executor.invokeAll(withNull(blocking("ran"))))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAll(withNull(blocking("ran")), 1, TimeUnit.SECONDS))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAny(withNull(blocking("ran"))))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAll(List.of(task(() -> 1)), 1, null))
                .isInstanceOf(NullPointerException.class);
        release.open();
        executor.close();
        assertThat(latch("ran").isOpen()).isFalse();
    }

    // ---- invokeAny ----

    @Test
    void invokeAnyGivesTheFirstSuccessAndGivesTheOthersUp() throws Exception {
        assertThat(executor.invokeAny(List.of(failing(), task(() -> 2)))).isEqualTo(2);
        assertThat(executor.<Integer>invokeAny(Collections.singletonList(task(() -> null)), 1, TimeUnit.DAYS))
                .isNull();
        Latch ran = latch("ran");
        List<Callable<Long>> tasks = new ArrayList<>(List.of(blocking("blocked"), task(() -> 3L)));
        for (int i = 0; i < 2 * WORKERS; i++) tasks.add(blocking("ran"));
        assertThat(executor.invokeAny(tasks)).isEqualTo(3L);
        release.open();
        executor.close();
        assertThat(ran.words()).hasSizeLessThanOrEqualTo(WORKERS);
    }

    @Test
    void invokeAnyFailsWhenAllFail() {
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing(), failing())))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.<Callable<Integer>>of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void invokeAnyWaitsNoLongerThanItIsTold() {
        assertThatThrownBy(() -> executor.invokeAny(
                        List.of(blocking("a"), blocking("b"), blocking("c")),
                        Delays.SHORT.toMillis(),
                        TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("unfinished=3 of 3");
    }
}
