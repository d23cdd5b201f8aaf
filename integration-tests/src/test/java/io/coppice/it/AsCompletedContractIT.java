package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.Promise;
import io.coppice.UncheckedTimeoutException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Futures.asCompleted: each future once, when it is done. */
class AsCompletedContractIT extends ExecutorContract {
    private final Promise<Integer> notified = FutureState.NOTIFIED.make();
    private final Promise<Integer> raised = FutureState.RAISED.make();
    private final Promise<Integer> returned = FutureState.RETURNED.make();

    @Test
    @Tag("A01")
    void everyFutureIsGivenHoweverItEnds() {
        Future<Integer> failing = executor.submit(Calls::divide, 1, 0);
        Future<Integer> returning = executor.submit(Calls::increment, 1);
        List<Future<Integer>> futures = List.of(notified, raised, returned, failing, returning);
        assertThat(list(Futures.asCompleted(futures))).containsExactlyInAnyOrderElementsOf(futures);
    }

    @Test
    @Tag("A02")
    void whenTimeIsOverWhatIsDoneHasBeenGiven() {
        Future<Long> running = occupyAllWorkers().get(0);
        for (Duration timeout : List.of(Duration.ZERO, Delays.SHORT)) {
            List<Future<?>> seen = new ArrayList<>();
            List<Future<?>> futures = List.of(notified, raised, returned, running);
            assertThatThrownBy(() -> Futures.asCompleted(futures, timeout).forEach(seen::add))
                    .isInstanceOf(UncheckedTimeoutException.class);
            assertThat(seen).containsExactlyInAnyOrder(notified, raised, returned);
        }
    }

    @Test
    @Tag("A03")
    void aFutureGivenManyTimesByAnyIterableIsGivenOnce() {
        Future<Integer> future = executor.submit(Calls::increment, 1);
        Iterable<Future<Integer>> repeated =
                () -> Stream.generate(() -> future).limit(3).iterator();
        assertThat(list(Futures.asCompleted(repeated))).containsExactly(future);
    }

    @Test
    @Tag("A04")
    void theIteratorHoldsNoFutureItHasGiven() {
        List<Future<?>> futures = new ArrayList<>(occupyAllWorkers());
        futures.add(FutureState.RETURNED.make());
        Iterator<Future<Object>> done = Futures.asCompleted(futures).iterator();
        futures.clear();
        Garbage.awaitCollected(new WeakReference<>(done.next()));
        release.open();
        while (done.hasNext()) Garbage.awaitCollected(new WeakReference<>(done.next()));
    }

    @Test
    @Tag("A05")
    void theTimeoutSaysHowManyAreLeft() {
        List<Future<Long>> running = occupyAllWorkers();
        assertThatThrownBy(() -> list(
                        Futures.asCompleted(List.of(running.get(0), returned, running.get(1), raised), Delays.SHORT)))
                .isInstanceOf(UncheckedTimeoutException.class)
                .hasMessage("2 (of 4) futures unfinished");
    }

    @Test
    @Tag("D1")
    void whatIsCancelledIsGivenAtOnceAndWhatEndsAfterItInItsOrder() throws Exception {
        List<Future<Long>> running = occupyAllWorkers();
        Future<Long> cancelled = executor.submit(Calls::pid);
        Future<Long> cancelledLater = executor.submit(Calls::pid);
        cancelled.cancel();
        Iterator<Future<Long>> done = Futures.asCompleted(
                        List.of(running.get(0), cancelledLater, cancelled, running.get(0), running.get(1)), Delays.LONG)
                .iterator();
        assertThat(done.next()).isSameAs(cancelled);
        try (var canceller = new WhenWaiting(cancelledLater::cancel)) {
            assertThat(done.next()).isSameAs(cancelledLater);
        }
        release.open();
        assertThat(List.of(done.next(), done.next())).containsExactlyInAnyOrderElementsOf(running);
        assertThat(done.hasNext()).isFalse();
    }

    @Test
    void theTimeCountsFromTheCallAndNotFromTheFirstResult() throws Exception {
        List<Future<Long>> running = occupyAllWorkers();
        Iterable<Future<Long>> called = Futures.asCompleted(running, Delays.SHORT);
        Futures.wait(running, Delays.SHORT); // the time passes before anybody asks
        try (var opener = new WhenWaiting(release::open)) { // who waited now would get a future
            assertThatThrownBy(() -> called.iterator().next()).isInstanceOf(UncheckedTimeoutException.class);
        }
    }
}
