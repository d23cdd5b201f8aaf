package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.Executor;
import io.coppice.Future;
import io.coppice.Futures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shutdown and close: what is taken, what still runs, what is cancelled, and who may call them when. */
class ShutdownContractIT extends ExecutorContract {
    /** The ways to shut an executor down that cancel nothing, and those that cancel what has not started. */
    private static final List<Consumer<Executor>> GENTLE =
            List.of(Executor::shutdown, e -> e.shutdown(false), e -> e.shutdown(true), Executor::close);

    private static final List<Consumer<Executor>> CANCELLING =
            List.of(e -> e.shutdown(false, true), e -> e.shutdown(true, true));

    /** Many rounds where a round costs no JVM. */
    private int rounds(int ofThreads, int ofProcesses) {
        return kind == ExecutorKind.THREADS ? ofThreads : ofProcesses;
    }

    private static void assertTerminates(Executor executor) throws InterruptedException {
        assertThat(executor.awaitTermination(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS))
                .as("terminates")
                .isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(NothingLeftBehind.workers()).isEmpty();
    }

    // ---- what is taken, what runs ----

    @Test
    @Tag("S01")
    void nothingIsTakenAfterShutdownAndWhatWasTakenRuns() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) futures.add(executor.submit(Calls::increment, i));
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThatThrownBy(() -> executor.submit(Calls::pid))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("after shutdown");
        assertThatThrownBy(() -> executor.map(Calls::increment, List.of(1)))
                .isInstanceOf(RejectedExecutionException.class);
        assertTerminates(executor);
        for (int i = 0; i < 20; i++)
            assertThat(futures.get(i).result(Duration.ZERO)).isEqualTo(i + 1);
    }

    @Test
    @Tag("S04")
    void closeReturnsWhenEveryCallHasItsResult() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(executor.submit(
                    (Integer n) -> {
                        Thread.sleep(2);
                        return n;
                    },
                    i));
        }
        executor.close();
        for (int i = 0; i < 50; i++)
            assertThat(futures.get(i).result(Duration.ZERO)).isEqualTo(i);
    }

    @Test
    @Tag("S05")
    void shutdownCancelsPendingCallsWhenAsked() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        List<Future<Long>> pending = new ArrayList<>();
        for (int i = 0; i < 50; i++) pending.add(executor.submit(Calls::pid));
        AtomicInteger calledBack = new AtomicInteger();
        pending.get(3).addDoneCallback(done -> calledBack.incrementAndGet());
        executor.shutdown(false, true);
        for (Future<Long> each : Futures.asCompleted(pending, Delays.LONG))
            assertThat(each.isCancelled()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        release.open();
        for (Future<Long> each : occupying) assertThat(each.result()).isPositive();
        executor.close();
        assertThat(calledBack.get()).isEqualTo(1);
    }

    @Test
    @Tag("S07")
    void aCancelledCallDoesNotHoldUpAShutdown() throws Exception {
        for (int i = 0; i < rounds(100, 5); i++) {
            Executor fresh = kind.create(WORKERS);
            Future<Long> cancelled = fresh.submit(Calls::pid);
            cancelled.cancel();
            fresh.shutdown(true);
            assertThat(cancelled.isDone()).isTrue();
            assertTerminates(fresh);
        }
    }

    @Test
    void anUnusedExecutorCanBeClosedManyTimes() throws Exception {
        executor.close();
        executor.close();
        executor.shutdown(true, true);
        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> executor.submit(Calls::pid)).isInstanceOf(RejectedExecutionException.class);
    }

    // ---- when it is called ----

    @Test
    void shutdownWhileWorkersAreStartingEndsEveryCall() throws Exception {
        List<Consumer<Executor>> all = new ArrayList<>(GENTLE);
        all.addAll(CANCELLING);
        for (Consumer<Executor> end : all) {
            Executor fresh = kind.create(WORKERS);
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) futures.add(fresh.submit(Calls::increment, i));
            end.accept(fresh);
            assertTerminates(fresh);
            for (int i = 0; i < 3; i++) {
                Future<Integer> each = futures.get(i);
                assertThat(each.isDone()).isTrue();
                if (!CANCELLING.contains(end)) assertThat(each.result()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void callbacksMayShutTheExecutorDownInEveryWay() throws Exception {
        List<Consumer<Executor>> all = new ArrayList<>(GENTLE);
        all.addAll(CANCELLING);
        CountDownLatch returned = new CountDownLatch(all.size());
        Future<Long> last = occupyAllWorkers().get(1);
        for (Consumer<Executor> end : all) {
            last.addDoneCallback(done -> {
                end.accept(executor);
                returned.countDown();
            });
        }
        release.open();
        assertThat(returned.await(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertTerminates(executor);
    }

    // ---- from several threads at once ----

    private static final int SUBMITTERS = 8;

    @Test
    void whenManyThreadsSubmitAndShutDownEveryAcceptedCallEndsAndAllReturn() throws Exception {
        List<Consumer<Executor>> all = new ArrayList<>(GENTLE);
        all.addAll(CANCELLING);
        for (int round = 0; round < rounds(20, 3); round++) {
            Executor fresh = kind.create(WORKERS);
            if (round % 2 == 1) fresh.submit(Calls::pid).result(); // with workers that run, and with none yet
            CyclicBarrier together = new CyclicBarrier(SUBMITTERS);
            Queue<Future<Integer>> accepted = new ConcurrentLinkedQueue<>();
            Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
            List<Thread> submitters = new ArrayList<>();
            for (int t = 0; t < SUBMITTERS; t++) {
                Consumer<Executor> end = all.get((t + round) % all.size());
                int calls = 25 * t;
                Thread submitter = new Thread(() -> {
                    try {
                        together.await();
                        try {
                            for (int i = 0; i < calls; i++) accepted.add(fresh.submit(Calls::increment, 1));
                        } catch (RejectedExecutionException shutDownByAnother) {
                            // as is everybody from now on
                        }
                        end.accept(fresh);
                        assertThatThrownBy(() -> fresh.submit(Calls::pid))
                                .isInstanceOf(RejectedExecutionException.class);
                    } catch (Throwable thrown) {
                        unexpected.add(thrown);
                    }
                });
                submitter.start();
                submitters.add(submitter);
            }
            for (Thread submitter : submitters) submitter.join();
            assertThat(unexpected).isEmpty();
            assertTerminates(fresh);
            for (Future<Integer> each : accepted) {
                assertThat(each.isDone()).isTrue();
                if (!each.isCancelled()) assertThat(each.result()).isEqualTo(2);
            }
        }
    }
}
