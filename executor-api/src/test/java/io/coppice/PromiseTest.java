package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The future's states, and what each lets one see and do. */
@Timeout(30)
@SuppressWarnings("NullAway") // plays the user, who passes and gets null where T allows it
class PromiseTest {
    /** Every state a future can be in. */
    enum State {
        PENDING(false, false, false, () -> new Promise<>()),
        RUNNING(false, true, false, () -> running()),
        CANCELLED(true, false, true, () -> cancelled()),
        NOTIFIED(true, false, true, () -> notified()),
        RAISED(true, false, false, () -> raised()),
        RETURNED(true, false, false, () -> returned());

        final boolean done;
        final boolean isRunning;
        final boolean isCancelled;
        private final Supplier<Promise<Integer>> maker;

        State(boolean done, boolean isRunning, boolean isCancelled, Supplier<Promise<Integer>> maker) {
            this.done = done;
            this.isRunning = isRunning;
            this.isCancelled = isCancelled;
            this.maker = maker;
        }

        Promise<Integer> make() {
            return maker.get();
        }
    }

    private static Promise<Integer> running() {
        Promise<Integer> promise = new Promise<>();
        promise.setRunningOrNotifyCancel();
        return promise;
    }

    private static Promise<Integer> cancelled() {
        Promise<Integer> promise = new Promise<>();
        promise.cancel();
        return promise;
    }

    private static Promise<Integer> notified() {
        Promise<Integer> promise = cancelled();
        assertThat(promise.setRunningOrNotifyCancel()).isFalse();
        return promise;
    }

    private static Promise<Integer> raised() {
        Promise<Integer> promise = running();
        promise.setException(new IOException("on purpose"));
        return promise;
    }

    private static Promise<Integer> returned() {
        Promise<Integer> promise = running();
        promise.setResult(42);
        return promise;
    }

    // ---- states ----

    @ParameterizedTest
    @EnumSource
    void everyStateIsWhatItSays(State state) {
        Promise<Integer> promise = state.make();
        assertThat(promise.isDone()).isEqualTo(state.done);
        assertThat(promise.isRunning()).isEqualTo(state.isRunning);
        assertThat(promise.isCancelled()).isEqualTo(state.isCancelled);
    }

    @ParameterizedTest
    @EnumSource
    void cancelWinsOnlyBeforeTheCallRuns(State state) {
        Promise<Integer> promise = state.make();
        boolean wins = state == State.PENDING || state.isCancelled;
        assertThat(promise.cancel()).isEqualTo(wins);
        assertThat(promise.isCancelled()).isEqualTo(wins);
        assertThat(promise.isRunning()).isEqualTo(state.isRunning);
    }

    @ParameterizedTest
    @EnumSource
    void aCallStartsOnceAndNotIfItWasCancelled(State state) {
        Promise<Integer> promise = state.make();
        if (state == State.PENDING)
            assertThat(promise.setRunningOrNotifyCancel()).isTrue();
        else if (state == State.CANCELLED)
            assertThat(promise.setRunningOrNotifyCancel()).isFalse();
        else assertThatThrownBy(promise::setRunningOrNotifyCancel).isInstanceOf(InvalidStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFutureEndsOnceAndTheFirstEndStands(State state) {
        for (boolean withResult : new boolean[] {true, false}) {
            Promise<Integer> promise = state.make();
            Future.Snapshot<Integer> before = promise.snapshot();
            Throwable refused = catchThrowable(() -> {
                if (withResult) promise.setResult(7);
                else promise.setException(new IllegalStateException("too late"));
            });
            if (!state.done) {
                assertThat(refused).isNull();
                assertThat(promise.isDone()).isTrue();
                continue;
            }
            String name = state.isCancelled ? "CANCELLED" : "FINISHED";
            assertThat(refused)
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessageMatching(name + ": <Future at 0x[0-9a-f]+ state=" + name.toLowerCase() + ".*>");
            assertThat(promise.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void toStringTellsTheStateAsPythonDoes() {
        assertThat(State.PENDING.make().toString()).matches("<Future at 0x[0-9a-f]+ state=pending>");
        assertThat(State.RUNNING.make().toString()).matches("<Future at 0x[0-9a-f]+ state=running>");
        assertThat(State.CANCELLED.make().toString()).matches("<Future at 0x[0-9a-f]+ state=cancelled>");
        assertThat(State.NOTIFIED.make().toString()).matches("<Future at 0x[0-9a-f]+ state=cancelled>");
        assertThat(State.RAISED.make().toString()).matches("<Future at 0x[0-9a-f]+ state=finished raised IOException>");
        assertThat(State.RETURNED.make().toString()).matches("<Future at 0x[0-9a-f]+ state=finished returned Integer>");
    }

    @Test
    void aSnapshotHoldsFactsThatBelongTogether() throws Exception {
        assertThat(State.PENDING.make().snapshot()).isEqualTo(new Future.Snapshot<>(false, false, null, null));
        assertThat(State.RUNNING.make().snapshot()).isEqualTo(new Future.Snapshot<>(false, false, null, null));
        assertThat(State.CANCELLED.make().snapshot()).isEqualTo(new Future.Snapshot<>(true, true, null, null));
        assertThat(State.RETURNED.make().snapshot()).isEqualTo(new Future.Snapshot<>(true, false, 42, null));
        Promise<Integer> raised = raised();
        assertThat(raised.snapshot()).isEqualTo(new Future.Snapshot<>(true, false, null, raised.exception()));

        Promise<Integer> racing = running();
        AtomicInteger torn = new AtomicInteger();
        List<Thread> readers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread reader = new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    Future.Snapshot<Integer> seen = racing.snapshot();
                    boolean whole = seen.done() ? Integer.valueOf(5).equals(seen.result()) : seen.result() == null;
                    if (!whole || seen.cancelled() || seen.exception() != null) torn.incrementAndGet();
                }
            });
            readers.add(reader);
            reader.start();
        }
        racing.setResult(5);
        for (Thread reader : readers) reader.join();
        assertThat(torn.get()).isZero();
    }

    // ---- results ----

    @Test
    void resultAndExceptionWithoutTimeGiveWhatIsThere() throws Exception {
        Duration zero = Duration.ZERO;
        for (State waiting : List.of(State.PENDING, State.RUNNING)) {
            assertThatThrownBy(() -> waiting.make().result(zero)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> waiting.make().exception(zero)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> waiting.make().get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
        for (State cancelled : List.of(State.CANCELLED, State.NOTIFIED)) {
            assertThatThrownBy(() -> cancelled.make().result(zero)).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> cancelled.make().exception(zero)).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> cancelled.make().get()).isInstanceOf(CancellationException.class);
        }
        assertThatThrownBy(() -> raised().result(zero)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> raised().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("on purpose");
        assertThat(raised().exception(zero)).isInstanceOf(IOException.class);
        assertThat(returned().result(zero)).isEqualTo(42);
        assertThat(returned().exception(zero)).isNull();
    }

    @Test
    void aWaitingThreadGetsTheEndSetByAnother() throws Exception {
        Promise<Integer> promise = new Promise<>();
        Thread setter = whenSomebodyWaitsFor(promise, () -> promise.setResult(42));
        assertThat(promise.result(Duration.ofSeconds(20))).isEqualTo(42);
        setter.join();

        Promise<Integer> failing = new Promise<>();
        whenSomebodyWaitsFor(failing, () -> failing.setException(new IOException("on purpose")))
                .join();
        assertThat(failing.exception()).hasMessage("on purpose");

        Promise<Integer> cancelled = new Promise<>();
        whenSomebodyWaitsFor(cancelled, cancelled::cancel);
        assertThatThrownBy(cancelled::result).isInstanceOf(CancellationException.class);
    }

    /** Runs the action while the calling thread waits (or is about to). */
    private static Thread whenSomebodyWaitsFor(Promise<?> promise, Runnable action) {
        Thread waiter = Thread.currentThread();
        Thread actor = new Thread(() -> {
            while (waiter.getState() == Thread.State.RUNNABLE) Thread.onSpinWait();
            action.run();
        });
        actor.start();
        return actor;
    }

    @Test
    void aNullResultIsAResult() throws Exception {
        Promise<Object> promise = new Promise<>();
        promise.setResult(null);
        assertThat(promise.result()).isNull();
        assertThat(promise.isDone()).isTrue();
        assertThat(promise.toString()).endsWith("finished returned null>");
    }

    @Test
    void manyWaitersThatGiveUpLeaveNothingAndLoseNothing() throws Exception {
        Promise<Integer> promise = new Promise<>();
        AtomicInteger got = new AtomicInteger();
        List<Thread> waiters = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread waiter = new Thread(() -> {
                while (true) {
                    try {
                        got.addAndGet(promise.result(Duration.ofNanos(1000)));
                        return;
                    } catch (TimeoutException again) {
                        // as it should, until the result is there
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                }
            });
            waiters.add(waiter);
            waiter.start();
        }
        List<Integer> calledBack = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int n = i;
            promise.addDoneCallback(done -> calledBack.add(n));
        }
        promise.setResult(1);
        for (Thread waiter : waiters) waiter.join();
        assertThat(got.get()).isEqualTo(4);
        assertThat(calledBack).hasSize(1000).isSorted();
    }

    @Test
    void anUnreadOutcomeIsReadByTheFirstWhoAsks() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Promise<String> promise = new Promise<>();
        promise.endUnread(() -> "read " + reads.incrementAndGet());
        assertThat(promise.isDone()).isTrue();
        assertThat(promise.toString()).endsWith("state=finished>");
        assertThat(reads.get()).isZero();
        String first = promise.result();
        assertThat(first).isEqualTo("read 1");
        assertThat(promise.result()).isSameAs(first);
        assertThat(promise.get()).isSameAs(first);

        Promise<String> failing = new Promise<>();
        failing.endUnread(() -> {
            throw new IOException("cannot be read");
        });
        assertThat(failing.exception()).hasMessage("cannot be read").isSameAs(failing.exception());
    }

    // ---- callbacks ----

    @Test
    void callbacksSeeHowTheFutureEnded() {
        AtomicReference<Object> seen = new AtomicReference<>();
        Promise<Integer> result = new Promise<>();
        result.addDoneCallback(done -> seen.set(done.snapshot().result()));
        result.setResult(5);
        assertThat(seen.get()).isEqualTo(5);

        Promise<Integer> failing = new Promise<>();
        failing.addDoneCallback(done -> seen.set(done.snapshot().exception().getMessage()));
        failing.setException(new IOException("foobar"));
        assertThat(seen.get()).isEqualTo("foobar");

        Promise<Integer> cancelled = new Promise<>();
        cancelled.addDoneCallback(done -> seen.set(done.isCancelled()));
        assertThat(cancelled.cancel()).isTrue();
        assertThat(seen.get()).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "NOTIFIED", "RAISED", "RETURNED"})
    void aLateCallbackRunsAtOnceInTheThreadThatAddsIt(State state) {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        state.make().addDoneCallback(done -> ranOn.set(Thread.currentThread()));
        assertThat(ranOn.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void aCallbackThatThrowsIsLoggedAndStopsNoOther() {
        Logger logger = (Logger) LoggerFactory.getLogger(Future.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
        try {
            AtomicInteger ran = new AtomicInteger();
            Promise<Integer> promise = new Promise<>();
            promise.addDoneCallback(done -> {
                throw new IllegalStateException("doh!");
            });
            promise.addDoneCallback(done -> {
                throw new StackOverflowError("even an error");
            });
            promise.addDoneCallback(done -> ran.incrementAndGet());
            promise.setResult(1);
            promise.addDoneCallback(done -> {
                throw new IllegalStateException("late doh!");
            });
            assertThat(ran.get()).isEqualTo(1);
            assertThat(logged.list)
                    .extracting(event -> event.getThrowableProxy().getMessage())
                    .containsExactly("doh!", "even an error", "late doh!");
            assertThat(logged.list.get(0).getFormattedMessage()).startsWith("exception calling callback for <Future");
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(logged);
        }
    }

    @Test
    void aCompletableFutureEndsAsItsFuture() {
        assertThat(returned().toCompletableFuture()).isCompletedWithValue(42);
        assertThat(raised().toCompletableFuture()).isCompletedExceptionally();
        assertThat(cancelled().toCompletableFuture()).isCancelled();
        Promise<Integer> promise = new Promise<>();
        promise.toCompletableFuture().cancel(true);
        assertThat(promise.isCancelled()).isTrue();
    }

    @Test
    void completionAndRegistrationMayRace() throws Exception {
        for (int round = 0; round < 2000; round++) {
            Promise<Integer> promise = new Promise<>();
            CountDownLatch told = new CountDownLatch(2);
            Thread adder = new Thread(() -> promise.addDoneCallback(done -> told.countDown()));
            adder.start();
            promise.addDoneCallback(done -> told.countDown());
            promise.setResult(round);
            adder.join();
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
