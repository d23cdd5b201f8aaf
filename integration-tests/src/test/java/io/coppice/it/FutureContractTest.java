package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.Future;
import io.coppice.InvalidStateException;
import io.coppice.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The future alone, with no executor: its states, and what each lets one see and do. */
@Timeout(60)
class FutureContractTest {
    // ---- callbacks ----

    @Test
    @Tag("F01")
    @Tag("F02")
    @Tag("F03")
    void aCallbackSeesHowTheFutureEnded() {
        AtomicReference<Object> seen = new AtomicReference<>();
        Promise<Integer> returned = new Promise<>();
        returned.addDoneCallback(done -> seen.set(done.snapshot().result()));
        returned.setResult(5);
        assertThat(seen.get()).isEqualTo(5);

        Promise<Integer> raised = new Promise<>();
        IOException thrown = new IOException("on purpose");
        raised.addDoneCallback(done -> seen.set(done.snapshot().exception()));
        raised.setException(thrown);
        assertThat(seen.get()).isSameAs(thrown);

        Promise<Integer> cancelled = new Promise<>();
        cancelled.addDoneCallback(done -> seen.set(done.isCancelled()));
        assertThat(cancelled.cancel()).isTrue();
        assertThat(seen.get()).isEqualTo(true);
    }

    @Test
    @Tag("F04")
    void aCallbackThatThrowsIsLoggedAndTheNextStillRuns() {
        try (LoggedEvents logged = new LoggedEvents()) {
            List<String> ran = new ArrayList<>();
            Promise<Integer> promise = new Promise<>();
            promise.addDoneCallback(done -> ran.add("first"));
            promise.addDoneCallback(done -> {
                throw new IllegalStateException("an exception");
            });
            promise.addDoneCallback(done -> {
                throw new StackOverflowError("even an error");
            });
            promise.addDoneCallback(done -> ran.add("last"));
            promise.setResult(5);
            assertThat(ran).containsExactly("first", "last");
            assertThat(logged.startingWith("exception calling callback for <Future at 0x"))
                    .extracting(event -> event.getThrowableProxy().getMessage())
                    .containsExactly("an exception", "even an error");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RETURNED", "RAISED", "CANCELLED", "NOTIFIED"})
    @Tag("F05")
    @Tag("F06")
    @Tag("F07")
    void aLateCallbackRunsAtOnceInTheThreadThatAddsIt(FutureState state) {
        Promise<Integer> promise = state.make();
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        AtomicReference<Future<Integer>> seen = new AtomicReference<>();
        promise.addDoneCallback(done -> {
            seen.set(done);
            ranOn.set(Thread.currentThread());
        });
        assertThat(ranOn.get()).isSameAs(Thread.currentThread());
        assertThat(seen.get()).isSameAs(promise);
    }

    @Test
    @Tag("F08")
    void aLateCallbackThatThrowsIsOnlyLogged() {
        try (LoggedEvents logged = new LoggedEvents()) {
            FutureState.RETURNED.make().addDoneCallback(done -> {
                throw new AssertionError("doh!");
            });
            assertThat(logged.startingWith("exception calling callback for <Future at 0x"))
                    .extracting(event -> event.getThrowableProxy().getMessage())
                    .containsExactly("doh!");
        }
    }

    // ---- states ----

    @ParameterizedTest
    @EnumSource
    @Tag("F09")
    void toStringTellsTheStateAsPythonDoes(FutureState state) {
        assertThat(state.make().toString()).matches("<Future at 0x[0-9a-f]+ state=" + state.inWords + ">");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F10")
    void cancelWinsOnlyBeforeTheCallRuns(FutureState state) {
        Promise<Integer> promise = state.make();
        boolean wins = state == FutureState.PENDING || state.cancelled;
        assertThat(promise.cancel()).isEqualTo(wins);
        assertThat(promise.cancel(true)).isEqualTo(wins);
        assertThat(promise.isCancelled()).isEqualTo(wins);
        assertThat(promise.isDone()).isEqualTo(wins || state.done);
        assertThat(promise.isRunning()).isEqualTo(state.running);
        String after = wins ? "cancelled" : state.inWords;
        assertThat(promise.toString()).endsWith(" state=" + after + ">");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F11")
    @Tag("F12")
    @Tag("F13")
    void everyStateIsWhatItSays(FutureState state) {
        Promise<Integer> promise = state.make();
        assertThat(promise.isCancelled()).isEqualTo(state.cancelled);
        assertThat(promise.isDone()).isEqualTo(state.done);
        assertThat(promise.isRunning()).isEqualTo(state.running);
    }

    @ParameterizedTest
    @EnumSource
    void aCallStartsOnceAndNotIfItWasCancelled(FutureState state) {
        Promise<Integer> promise = state.make();
        if (state == FutureState.PENDING || state == FutureState.CANCELLED)
            assertThat(promise.setRunningOrNotifyCancel()).isEqualTo(state == FutureState.PENDING);
        else assertThatThrownBy(promise::setRunningOrNotifyCancel).isInstanceOf(InvalidStateException.class);
    }

    // ---- results ----

    @ParameterizedTest
    @EnumSource
    @Tag("F14")
    @Tag("F17")
    void withoutTimeToWaitThereIsWhatIsThere(FutureState state) throws Exception {
        Promise<Integer> promise = state.make();
        List<Callable<Object>> asked = List.of(
                () -> promise.result(Duration.ZERO),
                () -> promise.exception(Duration.ZERO),
                () -> promise.get(0, TimeUnit.SECONDS));
        if (!state.done || state.cancelled) {
            Class<?> expected = state.cancelled ? CancellationException.class : TimeoutException.class;
            for (Callable<Object> each : asked) assertThatThrownBy(each::call).isInstanceOf(expected);
        } else if (state == FutureState.RAISED) {
            Throwable thrown = promise.exception(Duration.ZERO);
            assertThat(thrown).isInstanceOf(IOException.class).hasMessage("on purpose");
            assertThatThrownBy(() -> promise.result(Duration.ZERO)).isSameAs(thrown);
            assertThatThrownBy(() -> promise.get(0, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(thrown);
        } else {
            assertThat(promise.result(Duration.ZERO)).isEqualTo(42);
            assertThat(promise.get(0, TimeUnit.SECONDS)).isEqualTo(42);
            assertThat(promise.exception(Duration.ZERO)).isNull();
        }
    }

    @Test
    @Tag("F15")
    void whoWaitsGetsTheResultThatAnotherThreadSets() throws Exception {
        Promise<Integer> promise = new Promise<>();
        try (var setter = new WhenWaiting(() -> promise.setResult(42))) {
            assertThat(promise.result(Delays.LONG)).isEqualTo(42);
        }
    }

    @Test
    @Tag("F16")
    void whoWaitsIsToldWhenAnotherThreadCancels() throws Exception {
        Promise<Integer> promise = new Promise<>();
        try (var canceller = new WhenWaiting(promise::cancel)) {
            assertThatThrownBy(() -> promise.result(Delays.LONG)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @Tag("F18")
    void whoWaitsGetsTheExceptionThatAnotherThreadSets() throws Exception {
        Promise<Integer> promise = new Promise<>();
        IOException thrown = new IOException("on purpose");
        try (var setter = new WhenWaiting(() -> promise.setException(thrown))) {
            assertThat(promise.exception(Delays.LONG)).isSameAs(thrown);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RETURNED", "RAISED", "CANCELLED", "NOTIFIED"})
    @Tag("F19")
    @Tag("F20")
    void aFutureEndsOnceAndTheFirstEndStands(FutureState state) {
        Promise<Integer> promise = state.make();
        Future.Snapshot<Integer> first = promise.snapshot();
        String refusal = (state.cancelled ? "CANCELLED" : "FINISHED") + ": " + promise;
        assertThatThrownBy(() -> promise.setResult(7))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> promise.setException(new IllegalStateException("too late")))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage(refusal);
        assertThat(promise.snapshot()).isEqualTo(first);
    }

    @Test
    void aCompletableFutureEndsAsItsFutureAndItsCancelReachesThat() {
        assertThat(FutureState.RETURNED.make().toCompletableFuture()).isCompletedWithValue(42);
        assertThat(FutureState.RAISED.make().toCompletableFuture()).isCompletedExceptionally();
        assertThat(FutureState.CANCELLED.make().toCompletableFuture()).isCancelled();
        Promise<Integer> promise = new Promise<>();
        promise.toCompletableFuture().cancel(true);
        assertThat(promise.isCancelled()).isTrue();
    }

    // ---- snapshots ----

    @Test
    @Tag("F21")
    void aSnapshotHoldsTheFactsOfOneMoment() throws Exception {
        for (FutureState waiting : List.of(FutureState.PENDING, FutureState.RUNNING))
            assertThat(waiting.make().snapshot()).isEqualTo(new Future.Snapshot<>(false, false, null, null));
        for (FutureState cancelled : List.of(FutureState.CANCELLED, FutureState.NOTIFIED))
            assertThat(cancelled.make().snapshot()).isEqualTo(new Future.Snapshot<>(true, true, null, null));
        assertThat(FutureState.RETURNED.make().snapshot()).isEqualTo(new Future.Snapshot<>(true, false, 42, null));
        Promise<Integer> raised = FutureState.RAISED.make();
        assertThat(raised.snapshot()).isEqualTo(new Future.Snapshot<>(true, false, null, raised.exception()));
    }

    @ParameterizedTest
    @EnumSource(names = {"RETURNED", "RAISED", "CANCELLED"})
    @Tag("F21")
    void threadsThatWatchAFutureEndNeverSeeHalfOfIt(FutureState end) throws Exception {
        Promise<Integer> promise = new Promise<>();
        IOException thrown = new IOException("on purpose");
        var before = new Future.Snapshot<Integer>(false, false, null, null);
        var after = new Future.Snapshot<>(
                true,
                end.cancelled,
                end == FutureState.RETURNED ? 42 : null,
                end == FutureState.RAISED ? thrown : null);
        CyclicBarrier allTogether = new CyclicBarrier(4);
        AtomicInteger watched = new AtomicInteger();
        Callable<Boolean> watch = () -> {
            allTogether.await();
            boolean ended = false;
            for (int i = 0; i < 1000; i++) {
                if (watched.incrementAndGet() == 2000) {
                    if (end == FutureState.CANCELLED) promise.cancel();
                    else if (end == FutureState.RAISED) promise.setException(thrown);
                    else promise.setResult(42);
                }
                Future.Snapshot<Integer> seen = promise.snapshot();
                if (!seen.equals(ended ? after : before)) {
                    if (ended || !seen.equals(after)) return false;
                    ended = true;
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (var whole : threads.invokeAll(List.of(watch, watch, watch, watch)))
                assertThat(whole.get()).isTrue();
        } finally {
            threads.shutdown();
        }
        assertThat(promise.snapshot()).isEqualTo(after);
    }
}
