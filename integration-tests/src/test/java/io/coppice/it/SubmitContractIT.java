package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Action;
import io.coppice.Fn1;
import io.coppice.Fn2;
import io.coppice.Fn3;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ReturnWhen;
import io.coppice.Task;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One call: what it takes along, how it ends, and that it can be cancelled until it runs. */
class SubmitContractIT extends ExecutorContract {
    // ---- arguments ----

    @Test
    @Tag("E01")
    void aCallTakesUpToThreeArgumentsAndWhatItsLambdaCaptured() throws Exception {
        assertThat(executor.submit(Math::pow, 2.0, 8.0).result()).isEqualTo(256.0);
        assertThat(executor.submit(() -> 6 * 7).result()).isEqualTo(42);
        assertThat(executor.submit((Integer a) -> a + 1, 1).result()).isEqualTo(2);
        Future<String> joined = executor.submit((String a, String b, String c) -> a + b + c, "x", "y", "z");
        assertThat(joined.result()).isEqualTo("xyz");

        List<String> captured = List.of("a", "b");
        int number = 3;
        assertThat(executor.submit(() -> captured.size() + number).result()).isEqualTo(5);
    }

    @Test
    void nullsAndRecordsTravelAsArgumentsAndResults() throws Exception {
        assertThat(executor.submit((Object a) -> a == null, null).result()).isTrue();
        assertThat(executor.<Object>submit(() -> null).result()).isNull();
        record Point(int x, int y) implements Serializable {}
        assertThat(executor.submit(Calls::<Object>echo, new Point(1, 2)).result())
                .isEqualTo(new Point(1, 2));
    }

    @Test
    void anActionGivesNullOrTheVeryResultItWasSubmittedWith() throws Exception {
        Object result = new Object();
        Action nothing = () -> {};
        assertThat(executor.submit(nothing).get()).isNull();
        assertThat(executor.submit(nothing, result).get()).isSameAs(result);
    }

    @Test
    @Tag("E02")
    void aMissingFunctionIsRefusedAtOnce() {
        for (Action without : List.<Action>of(
                () -> executor.submit((Task<Object>) null),
                () -> executor.submit((Callable<Object>) null),
                () -> executor.submit((Action) null),
                () -> executor.submit((Runnable) null),
                () -> executor.submit((Runnable) null, "result"),
                () -> executor.submit((Fn1<Integer, Integer>) null, 1),
                () -> executor.submit((Fn2<Integer, Integer, Integer>) null, 1, 2),
                () -> executor.submit((Fn3<Integer, Integer, Integer, Integer>) null, 1, 2, 3),
                () -> executor.execute(null),
                () -> executor.map((Fn1<Integer, Integer>) null, List.of(1)),
                () -> executor.map((Fn2<Integer, Integer, Integer>) null, List.of(1), List.of(1))))
            assertThatThrownBy(without::run).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.submit((Fn1<Integer, Integer>) null, 1))
                .hasMessage("function");
        assertThatThrownBy(() -> executor.map(Calls::increment, (Iterable<Integer>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("items");
    }

    @Test
    @Tag("E17")
    void anExecutorNeedsAWorker() {
        for (int none : new int[] {0, -1})
            assertThatThrownBy(() -> kind.create(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxWorkers must be greater than 0: maxWorkers=" + none);
    }

    // ---- results ----

    @Test
    void resultThrowsWhatTheCallThrewAsItWasThrown() {
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

    /** An exception that says nothing, and is equal to everything. */
    static final class Blank extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return "";
        }

        static int thrown(int ignored) {
            throw new Blank();
        }
    }

    @Test
    @Tag("E19")
    void anExceptionIsOneHoweverLittleItSays() throws Exception {
        Future<Integer> failing = executor.submit(Blank::thrown, 1);
        assertThatThrownBy(failing::result).isInstanceOf(Blank.class).hasMessage(null);
        assertThat(failing.exception()).isExactlyInstanceOf(Blank.class);
        assertThat(Futures.wait(List.of(failing), ReturnWhen.FIRST_EXCEPTION).done())
                .containsExactly(failing);
        assertThatThrownBy(() -> executor.map(Blank::thrown, List.of(1, 2)).next())
                .isInstanceOf(Blank.class);
    }

    @Test
    void whoWaitsForAResultWaitsNoLongerThanToldAndCanBeInterrupted() throws Exception {
        Future<Long> running = occupyAllWorkers().get(0);
        assertThatThrownBy(() -> running.result(Delays.SHORT))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("state=running");
        assertThatThrownBy(() -> running.exception(Duration.ZERO)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> running.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        Thread.currentThread().interrupt();
        assertThatThrownBy(running::result).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        release.open();
        assertThat(running.result()).isPositive();
    }

    // ---- state and cancel ----

    @Test
    void runningIsTrueOfTheWorkersOwnCallsAndOfNoOther() throws Exception {
        List<Future<Long>> running = occupyAllWorkers();
        List<Future<Long>> queued = List.of(executor.submit(Calls::pid), executor.submit(Calls::pid));
        assertThat(running).allMatch(Future::isRunning);
        assertThat(queued).noneMatch(Future::isRunning);
        release.open();
        for (Future<Long> each : Futures.asCompleted(queued))
            assertThat(each.result()).isPositive();
        Futures.wait(running);
        assertThat(running).noneMatch(Future::isRunning);
    }

    @Test
    @Tag("F09")
    void toStringTellsTheStateAsPythonDoes() throws Exception {
        Future<Long> running = occupyAllWorkers().get(0);
        Future<Long> queued = executor.submit(Calls::pid);
        Future<Integer> failing = executor.submit(Calls::divide, 1, 0);
        assertThat(running.toString()).matches("<Future at 0x[0-9a-f]+ state=running>");
        assertThat(queued.toString()).matches("<Future at 0x[0-9a-f]+ state=pending>");
        queued.cancel();
        assertThat(queued.toString()).matches("<Future at 0x[0-9a-f]+ state=cancelled>");
        release.open();
        assertThat(running.result()).isPositive();
        assertThat(running.toString()).matches("<Future at 0x[0-9a-f]+ state=finished returned Long>");
        assertThat(failing.exception()).isNotNull();
        assertThat(failing.toString()).matches("<Future at 0x[0-9a-f]+ state=finished raised ArithmeticException>");
    }

    @Test
    void aCallThatHasNotStartedCanBeCancelledAndARunningOneCannot() throws Exception {
        Future<Long> running = occupyAllWorkers().get(0);
        Latch ran = latch("ran");
        Future<?> queued = executor.submit((Action) ran::open);
        assertThat(running.cancel()).isFalse();
        assertThat(running.cancel(false)).isFalse();
        assertThat(running.isCancelled()).isFalse();
        assertThat(queued.cancel()).isTrue();
        assertThat(queued.cancel()).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        assertThatThrownBy(queued::result).isInstanceOf(CancellationException.class);
        assertThatThrownBy(queued::exception).isInstanceOf(CancellationException.class);
        release.open();
        assertThat(running.result()).isPositive();
        executor.close();
        assertThat(ran.isOpen()).isFalse();
    }

    @Test
    void aCompletableFutureEndsAsItsFutureAndItsCancelReachesThat() throws Exception {
        assertThat(executor.submit(Calls::increment, 1).toCompletableFuture().get())
                .isEqualTo(2);
        assertThatThrownBy(() -> executor.submit(Calls::divide, 1, 0)
                        .toCompletableFuture()
                        .get())
                .hasCauseInstanceOf(ArithmeticException.class);

        Future<Long> running = occupyAllWorkers().get(0);
        CompletableFuture<Long> ofRunning = running.toCompletableFuture();
        Future<Long> queued = executor.submit(Calls::pid);
        CompletableFuture<Long> ofQueued = queued.toCompletableFuture();
        assertThat(ofQueued).isNotDone();
        ofQueued.cancel(true);
        assertThat(queued.isCancelled()).isTrue();

        Future<Long> another = executor.submit(Calls::pid);
        CompletableFuture<Long> ofAnother = another.toCompletableFuture();
        another.cancel();
        assertThat(ofAnother).isCancelled();
        release.open();
        assertThat(ofRunning.get()).isEqualTo(running.result());
    }
}
