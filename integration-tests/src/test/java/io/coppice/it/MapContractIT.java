package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.Fn1;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.Results;
import io.coppice.UncheckedTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** map: results in the order of the input, whatever the chunks; failures, deadlines, and what is cancelled after them. */
class MapContractIT extends ExecutorContract {
    /** A call of map that runs until {@link #release} is open, and leaves word that it began. */
    private static int hold(Latch began, Latch release, int n) {
        began.open();
        release.await();
        return n;
    }

    @Test
    @Tag("P04")
    void resultsComeInTheOrderOfTheInputWhateverTheChunks() {
        List<Integer> input = IntStream.range(0, 40).boxed().toList();
        List<Integer> expected = IntStream.range(1, 41).boxed().toList();
        assertThat(list(executor.map(Calls::increment, input))).isEqualTo(expected);
        for (int chunksize : new int[] {1, 3, 6, 40, 50})
            assertThat(list(executor.map(Calls::increment, input, MapOptions.chunksize(chunksize))))
                    .as("chunksize %s", chunksize)
                    .isEqualTo(expected);
    }

    @Test
    @Tag("E03")
    @Tag("E13")
    void severalInputsEndWithTheShortest() {
        List<Integer> as = List.of(1, 2, 3);
        List<Integer> bs = List.of(10, 20, 30, 40);
        for (int chunksize : new int[] {1, 2, 3}) {
            MapOptions options = MapOptions.chunksize(chunksize);
            assertThat(list(executor.map((a, b) -> a + b, as, bs, options))).containsExactly(11, 22, 33);
            assertThat(list(executor.map((a, b, c) -> a + b + c, as, bs, List.of(100, 200), options)))
                    .containsExactly(111, 222);
        }
        Results<Integer> ofNothing = executor.map(Calls::increment, List.<Integer>of());
        assertThat(ofNothing.hasNext()).isFalse();
        assertThatThrownBy(ofNothing::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    @Tag("E04")
    void aFailedItemIsThrownInItsPlaceAndEndsTheIteration() {
        for (int chunksize : new int[] {1, 2, 4}) {
            Results<Integer> results = executor.map(
                    Calls::divide, List.of(1, 1, 1, 1), List.of(2, 1, 0, 5), MapOptions.chunksize(chunksize));
            assertThat(results.next()).isEqualTo(0);
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next)
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("/ by zero");
            assertThat(results.hasNext()).isFalse();
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        }
        Fn1<Integer, Integer> checked = n -> {
            throw new IOException("on purpose");
        };
        assertThatThrownBy(() -> executor.map(checked, List.of(1)).next())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void outcomesGoOnAfterAFailureWhichCostsNoOtherItemOfItsChunk() throws Exception {
        List<Integer> divisors = List.of(1, 2, 0, 4, 5, 0);
        for (int chunksize : new int[] {1, 2, 6}) {
            List<Object> outcomes = new ArrayList<>();
            try (var results = executor.map((Integer d) -> 100 / d, divisors, MapOptions.chunksize(chunksize))) {
                assertThat(results.next()).isEqualTo(100);
                for (Outcome<Integer> outcome : results.outcomes())
                    outcomes.add(
                            outcome.isSuccess()
                                    ? outcome.result()
                                    : outcome.exception().getClass());
                assertThat(results.hasNext()).isFalse();
            }
            assertThat(outcomes).containsExactly(50, ArithmeticException.class, 25, 20, ArithmeticException.class);
        }
    }

    @Test
    @Tag("E05")
    void whenTimeIsOverTheIterationEndsAndWhatHasNotStartedIsCancelled() {
        Latch ran = latch("ran");
        Latch gate = release;
        Duration timeout = Delays.SHORT.multipliedBy(8);
        Results<Integer> results = executor.map(
                (Integer waits) -> waits == 0 ? 0 : hold(ran, gate, waits),
                List.of(0, 0, 1, 2, 3, 4),
                MapOptions.defaults().timeout(timeout));
        List<Integer> inTime = new ArrayList<>();
        assertThatThrownBy(() -> results.forEachRemaining(inTime::add))
                .isInstanceOf(UncheckedTimeoutException.class)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("timeoutMillis=" + timeout.toMillis());
        assertThat(inTime).hasSizeLessThanOrEqualTo(2).allMatch(n -> n == 0);
        assertThat(results.hasNext()).isFalse();
        release.open();
        executor.close();
        assertThat(ran.words()).hasSizeLessThanOrEqualTo(WORKERS);
    }

    @Test
    void theTimeCountsFromTheCallAndNotFromTheFirstResult() throws Exception {
        List<Future<Long>> running = occupyAllWorkers();
        Results<Integer> results =
                executor.map(Calls::increment, List.of(1), MapOptions.defaults().timeout(Delays.SHORT));
        Futures.wait(running, Delays.SHORT); // the time passes before anybody asks
        try (var opener = new WhenWaiting(release::open)) { // who waited now would get a result
            assertThatThrownBy(results::next).isInstanceOf(UncheckedTimeoutException.class);
        }
    }

    @Test
    void closingResultsCancelsWhatHasNotStartedAndAFailureDoesToo() {
        List<Integer> twenty = IntStream.range(0, 20).boxed().toList();
        Latch gate = release;
        Latch ran = latch("ran");
        Results<Integer> closed = executor.map((Integer n) -> hold(ran, gate, n), twenty);
        ran.await();
        closed.close();
        closed.close();
        assertThat(closed.hasNext()).isFalse();
        assertThat(list(closed.outcomes())).isEmpty();

        Latch ranToo = latch("ran-too");
        assertThatThrownBy(() -> executor.map((Integer n) -> hold(ranToo, gate, n), Inputs.failingAt(19)))
                .hasMessage("input fails on purpose");
        release.open();
        executor.close();
        assertThat(ran.words().size() + ranToo.words().size()).isLessThanOrEqualTo(WORKERS);
    }

    @Test
    void anInterruptEndsTheIteration() throws Exception {
        List<Future<Long>> running = occupyAllWorkers();
        Iterator<Integer> results = executor.map(Calls::increment, List.of(1, 2));
        Thread.currentThread().interrupt();
        assertThatThrownBy(results::next)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(results.hasNext()).isFalse();
        release.open();
        for (Future<Long> each : running) assertThat(each.result()).isPositive();
    }

    @Test
    @Tag("E15")
    void aMapDoesNotHoldUpAShutdown() {
        Results<Integer> results = executor.map(
                Calls::increment, IntStream.rangeClosed(0, WORKERS).boxed().toList());
        executor.shutdown(true);
        assertThat(executor.isTerminated()).isTrue();
        assertThat(list(results)).containsExactly(1, 2, 3);
    }
}
