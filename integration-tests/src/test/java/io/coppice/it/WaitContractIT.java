package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.Promise;
import io.coppice.ReturnWhen;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Futures.wait: what it waits for, and what it then says is done. */
class WaitContractIT extends ExecutorContract {
    private final Promise<Integer> cancelled = FutureState.CANCELLED.make();
    private final Promise<Integer> notified = FutureState.NOTIFIED.make();
    private final Promise<Integer> raised = FutureState.RAISED.make();
    private final Promise<Integer> returned = FutureState.RETURNED.make();

    private static int oneWhen(Latch started, Latch release) {
        started.open();
        release.await();
        return 1;
    }

    /** A call that runs until {@link #release} is open. */
    private Future<Integer> running() {
        Latch started = latch("running");
        Future<Integer> running = executor.submit(WaitContractIT::oneWhen, started, release);
        started.await();
        return running;
    }

    @Test
    @Tag("W01")
    void aFutureGivenTwiceIsWaitedForOnce() throws Exception {
        Future<Integer> future = executor.submit(Calls::increment, 1);
        var all = Futures.wait(List.of(future, future));
        assertThat(all.done()).containsExactly(future);
        assertThat(all.notDone()).isEmpty();
    }

    @Test
    @Tag("W02")
    void theFirstThatEndsEndsAWaitForTheFirst() throws Exception {
        Future<Integer> running = running();
        Latch go = latch("go");
        Future<Integer> first = executor.submit(WaitContractIT::oneWhen, latch("first"), go);
        try (var opener = new WhenWaiting(go::open)) {
            var ended = Futures.wait(List.of(first, running), ReturnWhen.FIRST_COMPLETED);
            assertThat(ended.done()).containsExactly(first);
            assertThat(ended.notDone()).containsExactly(running);
        }
    }

    /** Decided otherwise than in Python, which waits until the executor has seen that the future was cancelled. */
    @Test
    @Tag("W02")
    @Tag("D1")
    void aCancelledFutureIsDoneAtOnceAndWakesWhoWaits() throws Exception {
        List<Future<Long>> running = occupyAllWorkers();
        Future<Long> queued = executor.submit(Calls::pid);
        List<Future<Long>> futures = List.of(running.get(0), queued);
        try (var canceller = new WhenWaiting(queued::cancel)) {
            var ended = Futures.wait(futures, ReturnWhen.FIRST_COMPLETED);
            assertThat(ended.done()).containsExactly(queued);
            assertThat(ended.notDone()).containsExactly(running.get(0));
        }
        assertThat(Futures.wait(futures, ReturnWhen.FIRST_COMPLETED).done()).containsExactly(queued);
        assertThat(Futures.wait(List.of(queued)).done()).containsExactly(queued);
    }

    @Test
    @Tag("W03")
    @Tag("W06")
    void aWaitWhoseEndHasComeReturnsAtOnce() throws Exception {
        Future<Integer> running = running();
        var first = Futures.wait(List.of(notified, returned, running), ReturnWhen.FIRST_COMPLETED);
        assertThat(first.done()).containsExactlyInAnyOrder(notified, returned);
        assertThat(first.notDone()).containsExactly(running);

        var failed = Futures.wait(List.of(raised, running), ReturnWhen.FIRST_EXCEPTION);
        assertThat(failed.done()).containsExactly(raised);
        assertThat(failed.notDone()).containsExactly(running);
    }

    @Test
    @Tag("W04")
    void theFirstExceptionEndsAWaitForItAndAResultDoesNot() throws Exception {
        Future<Integer> running = running();
        Latch go = latch("go");
        Future<Integer> returning = executor.submit(WaitContractIT::oneWhen, latch("second"), go);
        Future<Integer> failing = executor.submit(Calls::divide, 1, 0); // behind the one that returns
        try (var opener = new WhenWaiting(go::open)) {
            var ended = Futures.wait(List.of(returning, failing, running), ReturnWhen.FIRST_EXCEPTION);
            assertThat(ended.done()).containsExactlyInAnyOrder(returning, failing);
            assertThat(ended.notDone()).containsExactly(running);
        }
    }

    @Test
    @Tag("W05")
    @Tag("D1")
    void aWaitForAnExceptionIgnoresWhatWasCancelledAndSaysThatItIsDone() throws Exception {
        Future<Integer> running = running();
        Latch go = latch("go");
        Future<Integer> failing = executor.submit(
                (Latch gate) -> {
                    gate.await();
                    throw new IllegalStateException("on purpose");
                },
                go);
        try (var opener = new WhenWaiting(go::open)) {
            var ended =
                    Futures.wait(List.of(returned, cancelled, notified, failing, running), ReturnWhen.FIRST_EXCEPTION);
            assertThat(ended.done()).containsExactlyInAnyOrder(returned, cancelled, notified, failing);
            assertThat(ended.notDone()).containsExactly(running);
        }
    }

    @Test
    @Tag("W07")
    void aWaitForAllEndsWithTheLastHoweverEachHasEnded() throws Exception {
        Future<Integer> failing = executor.submit(Calls::divide, 1, 0);
        Future<Integer> returning = executor.submit(Calls::increment, 1);
        var all = Futures.wait(List.of(notified, raised, returned, failing, returning));
        assertThat(all.done()).containsExactlyInAnyOrder(notified, raised, returned, failing, returning);
        assertThat(all.notDone()).isEmpty();
    }

    @Test
    @Tag("W08")
    void whenTimeIsOverTheRestIsNotDone() throws Exception {
        Future<Integer> running = running();
        for (ReturnWhen returnWhen : List.of(ReturnWhen.ALL_COMPLETED, ReturnWhen.FIRST_EXCEPTION)) {
            var late = Futures.wait(List.of(notified, returned, running), Delays.SHORT, returnWhen);
            assertThat(late.done()).containsExactlyInAnyOrder(notified, returned);
            assertThat(late.notDone()).containsExactly(running);
        }
        release.open();
        assertThat(Futures.wait(List.of(running), Delays.LONG).done()).containsExactly(running);
    }
}
