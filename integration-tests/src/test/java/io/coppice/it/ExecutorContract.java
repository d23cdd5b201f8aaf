package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Action;
import io.coppice.Executor;
import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.Results;
import io.coppice.ReturnWhen;
import io.coppice.Task;
import io.coppice.UncheckedTimeoutException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both executors promise. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
abstract class ExecutorContract {
    static final int WORKERS = 2;

    @TempDir
    Path temporary;

    Executor executor;
    private Latch release;

    abstract Executor newExecutor();

    @BeforeEach
    void start() {
        executor = newExecutor();
        release = Latch.in(temporary, "release");
    }

    @AfterEach
    void stop() {
        release.open();
        executor.close();
    }

    /** Keeps every worker busy until {@link #release} is open; returns when all are. */
    private List<Future<Long>> occupyAllWorkers() {
        Latch gate = release;
        List<Future<Long>> occupying = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Latch started = Latch.in(temporary, "occupied-" + i);
            occupying.add(executor.submit(Calls::pidWhen, started, gate));
            started.await();
        }
        return occupying;
    }

    // ---- submit ----

    @Test
    void submitTakesUpToThreeArguments() throws Exception {
        assertThat(executor.submit(() -> 6 * 7).result()).isEqualTo(42);
        assertThat(executor.submit((Integer a) -> a + 1, 1).result()).isEqualTo(2);
        assertThat(executor.submit(Math::multiplyExact, 6L, 7L).result()).isEqualTo(42L);
        Future<String> joined = executor.submit((String a, String b, String c) -> a + b + c, "x", "y", "z");
        assertThat(joined.result()).isEqualTo("xyz");
    }

    @Test
    void lambdasTakeWhatTheyCapturedAlong() throws Exception {
        List<String> captured = List.of("a", "b");
        int number = 3;
        assertThat(executor.submit(() -> captured.size() + number).result()).isEqualTo(5);
    }

    @Test
    void nullTravelsAsArgumentAndResult() throws Exception {
        assertThat(executor.submit((Object a) -> a == null, null).result()).isTrue();
        assertThat(executor.<Object>submit(() -> null).result()).isNull();
        Action nothing = () -> {};
        assertThat(executor.submit(nothing).get()).isNull();
    }

    @Test
    void aRunnableGivesTheVeryResultItWasSubmittedWith() throws Exception {
        Object result = new Object();
        Action nothing = () -> {};
        assertThat(executor.submit(nothing, result).get()).isSameAs(result);
    }

    @Test
    void resultThrowsWhatTheCallThrew() {
        Future<Integer> failing = executor.submit(Calls::divide, 1, 0);
        assertThatThrownBy(failing::result)
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("/ by zero");
        assertThatThrownBy(failing::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(catchThrowable(failing::exception)).isNull();
        Future<Object> checked = executor.submit(() -> {
            throw new IOException("on purpose");
        });
        assertThatThrownBy(checked::result).isInstanceOf(IOException.class).hasMessage("on purpose");
        Future<Object> error = executor.submit(() -> {
            throw new StackOverflowError("on purpose");
        });
        assertThatThrownBy(error::result).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void resultWaitsNoLongerThanItIsTold() {
        Future<Long> waiting = occupyAllWorkers().get(0);
        assertThatThrownBy(() -> waiting.result(Delays.SHORT))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("state=running");
        assertThatThrownBy(() -> waiting.exception(Duration.ZERO)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> waiting.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aWaitingThreadCanBeInterruptedAndTheCallGoesOn() throws Exception {
        Future<Long> waiting = occupyAllWorkers().get(0);
        Thread.currentThread().interrupt();
        assertThatThrownBy(waiting::result).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        release.open();
        assertThat(waiting.result()).isPositive();
    }

    @Test
    void nullFunctionsAreRefusedAtOnce() {
        assertThatThrownBy(() -> executor.submit((Task<Object>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.submit((Callable<Object>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.submit((Runnable) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.submit((Fn1<Integer, Integer>) null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("function");
        assertThatThrownBy(() -> executor.map((Fn1<Integer, Integer>) null, List.of(1)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.map(Calls::increment, (Iterable<Integer>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("items");
    }

    // ---- cancel, state, callbacks ----

    @Test
    void aPendingCallCanBeCancelledAndARunningOneCannot() throws Exception {
        Future<Long> running = occupyAllWorkers().get(0);
        Future<Long> pending = executor.submit(Calls::pid);
        assertThat(running.isRunning()).isTrue();
        assertThat(running.cancel()).isFalse();
        assertThat(pending.isRunning()).isFalse();
        assertThat(pending.cancel()).isTrue();
        assertThat(pending.cancel()).isTrue();
        assertThat(pending.isCancelled()).isTrue();
        assertThatThrownBy(pending::result).isInstanceOf(CancellationException.class);
        assertThatThrownBy(pending::exception).isInstanceOf(CancellationException.class);
        release.open();
        assertThat(running.result()).isPositive();
        assertThat(running.isRunning()).isFalse();
    }

    @Test
    void callbacksRunInOrderOnAThreadOfThisJvmAndOneThatThrowsStopsNoOther() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        List<String> seen = new ArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        occupying.get(0).addDoneCallback(done -> seen.add("first " + done.isDone()));
        occupying.get(0).addDoneCallback(done -> {
            throw new IllegalStateException("a callback that throws on purpose");
        });
        occupying.get(0).addDoneCallback(done -> seen.add("second"));
        occupying.get(0).addDoneCallback(done -> last.countDown());
        release.open();
        assertThat(last.await(Delays.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("first true", "second");

        AtomicReference<Thread> late = new AtomicReference<>();
        occupying.get(0).addDoneCallback(done -> late.set(Thread.currentThread()));
        assertThat(late.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void aCallbackMayWaitForAnotherCallAndShutTheExecutorDown() throws Exception {
        AtomicReference<Object> seen = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        executor.submit(Calls::increment, 1).addDoneCallback(first -> {
            try {
                seen.set(executor.submit(Calls::increment, first.result()).result());
                executor.shutdown(true, false);
            } catch (Throwable thrown) {
                seen.set(thrown);
            }
            done.countDown();
        });
        assertThat(done.await(Delays.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(seen.get()).isEqualTo(3);
        assertThat(executor.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void aCompletableFutureEndsAsItsFutureAndCancelsIt() throws Exception {
        assertThat(executor.submit(Calls::increment, 1).toCompletableFuture().get())
                .isEqualTo(2);
        assertThatThrownBy(() -> executor.submit(Calls::divide, 1, 0)
                        .toCompletableFuture()
                        .get())
                .hasCauseInstanceOf(ArithmeticException.class);
        occupyAllWorkers();
        Future<Long> pending = executor.submit(Calls::pid);
        pending.toCompletableFuture().cancel(true);
        assertThat(pending.isCancelled()).isTrue();
    }

    // ---- map ----

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 40, 50})
    void mapGivesResultsInTheOrderOfItsInput(int chunksize) {
        List<Integer> input = IntStream.range(0, 40).boxed().toList();
        List<Integer> expected = IntStream.range(1, 41).boxed().toList();
        assertThat(list(executor.map(Calls::increment, input, MapOptions.chunksize(chunksize))))
                .isEqualTo(expected);
    }

    @Test
    void mapTakesTwoAndThreeInputsAndStopsAtTheShortest() {
        List<Integer> as = List.of(1, 2, 3);
        List<Integer> bs = List.of(10, 20, 30, 40);
        assertThat(list(executor.map((a, b) -> a + b, as, bs))).containsExactly(11, 22, 33);
        assertThat(list(executor.map((a, b, c) -> a + b + c, as, bs, List.of(100, 200))))
                .containsExactly(111, 222);
        assertThat(list(executor.map((a, b) -> a + b, as, bs, MapOptions.chunksize(2))))
                .containsExactly(11, 22, 33);
        assertThat(list(executor.map(Calls::increment, List.<Integer>of()))).isEmpty();
    }

    @Test
    void aFailedItemEndsTheIterationAndCostsNoOtherItemItsOutcome() throws Exception {
        List<Integer> divisors = List.of(1, 2, 0, 4, 5);
        for (int chunksize : new int[] {1, 2, 5}) {
            Results<Integer> results = executor.map((Integer d) -> 100 / d, divisors, MapOptions.chunksize(chunksize));
            assertThat(results.next()).isEqualTo(100);
            assertThat(results.next()).isEqualTo(50);
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            assertThat(results.hasNext()).isFalse();

            List<Object> outcomes = new ArrayList<>();
            try (var again = executor.map((Integer d) -> 100 / d, divisors, MapOptions.chunksize(chunksize))) {
                for (Outcome<Integer> outcome : again.outcomes())
                    outcomes.add(
                            outcome.isSuccess()
                                    ? outcome.result()
                                    : outcome.exception().getClass());
            }
            assertThat(outcomes).containsExactly(100, 50, ArithmeticException.class, 25, 20);
        }
    }

    @Test
    void aCheckedExceptionInMapIsTheCauseOfACompletionException() {
        Fn1<Integer, Integer> failing = n -> {
            throw new IOException("on purpose");
        };
        assertThatThrownBy(() -> executor.map(failing, List.of(1)).next())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void mapKeepsItsTimeoutAndCancelsWhatIsLeft() {
        Latch gate = release;
        List<Integer> input = List.of(0, 0, 1, 1, 1, 1);
        Latch ran = Latch.in(temporary, "ran");
        Results<Integer> results = executor.map(
                (Integer wait) -> {
                    if (wait == 0) return 7;
                    ran.open("ran");
                    gate.await();
                    return 8;
                },
                input,
                MapOptions.defaults().timeout(Duration.ofSeconds(3)));
        assertThat(results.next()).isEqualTo(7);
        assertThat(results.next()).isEqualTo(7);
        assertThatThrownBy(results::next)
                .isInstanceOf(UncheckedTimeoutException.class)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("timeoutMillis=3000");
        assertThat(results.hasNext()).isFalse();
        release.open();
        executor.close();
        assertThat(ran.words()).hasSizeLessThanOrEqualTo(WORKERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void buffersizeBoundsWhatIsTakenFromAnEndlessInput(int buffersize) {
        AtomicInteger taken = new AtomicInteger();
        Iterable<Integer> endless = () ->
                Stream.iterate(0, n -> n + 1).peek(n -> taken.incrementAndGet()).iterator();
        AtomicInteger consumed = new AtomicInteger();
        try (Results<Integer> results =
                executor.map(Calls::increment, endless, MapOptions.defaults().buffersize(buffersize))) {
            assertThat(taken.get()).isEqualTo(buffersize);
            for (int i = 1; i <= 50; i++) {
                assertThat(results.next()).isEqualTo(i);
                consumed.incrementAndGet();
                assertThat(taken.get()).isEqualTo(buffersize + i);
            }
        }
    }

    @Test
    void mapNeverCutsOffWhatItHasTakenAfterAShutdown() {
        List<Integer> input = IntStream.range(0, 10).boxed().toList();
        Results<Integer> results =
                executor.map(Calls::increment, input, MapOptions.defaults().buffersize(3));
        executor.shutdown();
        List<Integer> got = new ArrayList<>();
        assertThatThrownBy(() -> results.forEachRemaining(got::add)).isInstanceOf(RejectedExecutionException.class);
        assertThat(got).containsExactly(1, 2, 3);
        assertThat(results.hasNext()).isFalse();
    }

    @Test
    void anInputThatFailsIsToldAfterTheResultsBeforeIt() {
        Iterable<Integer> failing = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == 4) throw new IllegalStateException("input fails on purpose");
                return next++;
            }
        };
        Results<Integer> results =
                executor.map(Calls::increment, failing, MapOptions.defaults().buffersize(2));
        List<Integer> got = new ArrayList<>();
        assertThatThrownBy(() -> results.forEachRemaining(got::add)).hasMessage("input fails on purpose");
        assertThat(got).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> executor.map(Calls::increment, failing)).hasMessage("input fails on purpose");
    }

    @Test
    void closingResultsCancelsWhatHasNotStarted() {
        Latch ran = Latch.in(temporary, "ran");
        Latch gate = release;
        Results<Integer> results = executor.map(
                (Integer n) -> {
                    ran.open("ran");
                    gate.await();
                    return n;
                },
                IntStream.range(0, 20).boxed().toList());
        ran.await();
        results.close();
        assertThat(results.hasNext()).isFalse();
        release.open();
        executor.close();
        assertThat(ran.words()).hasSizeLessThanOrEqualTo(WORKERS);
    }

    @Test
    void sizesOfLessThanOneAreRefused() {
        assertThatThrownBy(() -> MapOptions.chunksize(0)).hasMessageContaining("chunksize=0");
        assertThatThrownBy(() -> MapOptions.chunksize(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MapOptions.defaults().buffersize(0)).hasMessageContaining("buffersize=0");
        assertThatThrownBy(() -> MapOptions.defaults().buffersize(-7)).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- wait, asCompleted ----

    @Test
    void waitReturnsWhenItIsTold() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        Future<Long> cancelled = executor.submit(Calls::pid);
        cancelled.cancel();
        var first = Futures.wait(List.of(occupying.get(0), cancelled), ReturnWhen.FIRST_COMPLETED);
        assertThat(first.done()).containsExactly(cancelled);
        assertThat(first.notDone()).containsExactly(occupying.get(0));

        var late = Futures.wait(occupying, Delays.SHORT);
        assertThat(late.done()).isEmpty();
        assertThat(late.notDone()).containsExactlyElementsOf(occupying);
        release.open();
        var all = Futures.wait(List.of(occupying.get(0), occupying.get(1), occupying.get(0)));
        assertThat(all.done()).containsExactlyElementsOf(occupying);
    }

    @Test
    void firstExceptionIgnoresWhatWasCancelled() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        Future<Long> cancelled = executor.submit(Calls::pid);
        cancelled.cancel();
        List<Future<Long>> futures = new ArrayList<>(occupying);
        futures.add(cancelled);
        assertThat(Futures.wait(futures, Delays.SHORT, ReturnWhen.FIRST_EXCEPTION)
                        .done())
                .containsExactly(cancelled);
        release.open();
        Future<Integer> failing = executor.submit(Calls::divide, 1, 0);
        assertThat(Futures.wait(List.of(failing), ReturnWhen.FIRST_EXCEPTION).done())
                .containsExactly(failing);
    }

    @Test
    void asCompletedGivesEachFutureOnceWhenItIsDone() {
        List<Future<Long>> occupying = occupyAllWorkers();
        Future<Long> cancelled = executor.submit(Calls::pid);
        cancelled.cancel();
        Iterator<Future<Long>> done = Futures.asCompleted(
                        List.of(occupying.get(0), cancelled, occupying.get(0), occupying.get(1)), Delays.LONG)
                .iterator();
        assertThat(done.next()).isSameAs(cancelled);
        release.open();
        assertThat(List.of(done.next(), done.next())).containsExactlyInAnyOrderElementsOf(occupying);
        assertThat(done.hasNext()).isFalse();
    }

    @Test
    void asCompletedSaysHowManyAreLeftWhenTimeIsOver() {
        List<Future<Long>> occupying = occupyAllWorkers();
        Future<Long> cancelled = executor.submit(Calls::pid);
        Future<Long> cancelledToo = executor.submit(Calls::pid);
        cancelled.cancel();
        cancelledToo.cancel();
        List<Future<Long>> four = List.of(occupying.get(0), occupying.get(1), cancelled, cancelledToo);
        List<Future<Long>> seen = new ArrayList<>();
        assertThatThrownBy(() -> Futures.asCompleted(four, Delays.SHORT).forEach(seen::add))
                .isInstanceOf(UncheckedTimeoutException.class)
                .hasMessage("2 (of 4) futures unfinished");
        assertThat(seen).containsExactlyInAnyOrder(cancelled, cancelledToo);
    }

    // ---- ExecutorService ----

    private static <T> Callable<T> serializable(Task<T> task) {
        return task;
    }

    @Test
    void invokeAllAndInvokeAnyRunSerializableTasks() throws Exception {
        var futures = executor.invokeAll(List.of(serializable(() -> 1), serializable(() -> 2)));
        assertThat(futures.get(0).get() + futures.get(1).get()).isEqualTo(3);
        Callable<Integer> failing = serializable(() -> {
            throw new IOException("on purpose");
        });
        assertThat(executor.invokeAny(List.of(failing, serializable(() -> 2)))).isEqualTo(2);
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing))).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.<Callable<Integer>>of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void executeRunsAnAction() {
        Latch ran = Latch.in(temporary, "ran");
        executor.execute((Action) ran::open);
        executor.close();
        assertThat(ran.isOpen()).isTrue();
    }

    // ---- shutdown ----

    @Test
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
        assertThat(executor.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(executor.isTerminated()).isTrue();
        for (int i = 0; i < 20; i++)
            assertThat(futures.get(i).result(Duration.ZERO)).isEqualTo(i + 1);
    }

    @Test
    void shutdownCancelsPendingCallsWhenAsked() throws Exception {
        List<Future<Long>> occupying = occupyAllWorkers();
        List<Future<Long>> pending = new ArrayList<>();
        for (int i = 0; i < 20; i++) pending.add(executor.submit(Calls::pid));
        AtomicInteger calledBack = new AtomicInteger();
        pending.get(3).addDoneCallback(done -> calledBack.incrementAndGet());
        executor.shutdown(false, true);
        for (Future<Long> each : Futures.asCompleted(pending, Delays.LONG))
            assertThat(each.isCancelled()).isTrue();
        release.open();
        for (Future<Long> each : occupying) assertThat(each.result()).isPositive();
        executor.close();
        assertThat(calledBack.get()).isEqualTo(1);
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

    @Test
    void aCancelledCallDoesNotHoldUpAShutdown() {
        executor.submit(Calls::pid).cancel();
        executor.shutdown(true);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void anExecutorIsRefusedNothingByItsOwnThreads() throws Exception {
        record Point(int x, int y) implements Serializable {}
        assertThat(executor.submit(Calls::<Object>echo, new Point(1, 2)).result())
                .isEqualTo(new Point(1, 2));
    }

    static <T> List<T> list(Iterable<T> results) {
        List<T> list = new ArrayList<>();
        results.forEach(list::add);
        return list;
    }
}
