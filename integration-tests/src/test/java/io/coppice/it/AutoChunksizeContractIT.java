package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** map with chunks that are sized by measured time: the same results, and work for every worker. */
class AutoChunksizeContractIT extends ExecutorContract {
    private static final MapOptions AUTO = MapOptions.autoChunksize();

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void resultsComeInOrderHoweverLongEachTakes() {
        assertThat(list(executor.map(Calls::increment, range(0, 20_000), AUTO))).isEqualTo(range(1, 20_001));
        assertThat(list(executor.map(Calls::increment, List.<Integer>of(), AUTO)))
                .isEmpty();
        assertThat(list(executor.map(Calls::increment, List.of(1), AUTO))).containsExactly(2);
        assertThat(list(executor.map(Integer::sum, range(0, 100), range(0, 100), AUTO)))
                .isEqualTo(IntStream.range(0, 100).map(n -> 2 * n).boxed().toList());
        // Tiny ones, so that batches grow, and then one that takes longer than a batch should.
        assertThat(list(executor.map(
                        (Integer n) -> {
                            if (n % 100 == 99) Thread.sleep(15);
                            return n;
                        },
                        range(0, 1000),
                        AUTO)))
                .isEqualTo(range(0, 1000));
    }

    @Test
    void aFailureCostsItsItemAlone() throws Exception {
        List<Object> outcomes = new ArrayList<>();
        try (var results = executor.map((Integer n) -> n / (n % 10), range(0, 1000), AUTO)) {
            for (Outcome<Integer> outcome : results.outcomes())
                outcomes.add(outcome.isSuccess() ? outcome.result() : "failed");
        }
        assertThat(outcomes)
                .isEqualTo(range(0, 1000).stream()
                        .map(n -> n % 10 == 0 ? (Object) "failed" : (Object) (n / (n % 10)))
                        .toList());
        Results<Integer> ended = executor.map(Calls::divide, List.of(1, 1, 1), List.of(1, 0, 1), AUTO);
        assertThat(ended.next()).isEqualTo(1);
        assertThatThrownBy(ended::next).isInstanceOf(ArithmeticException.class);
        assertThat(ended.hasNext()).isFalse();
    }

    @Test
    void aBufferBoundsTheItemsTakenFromAnEndlessInput() {
        AtomicInteger taken = new AtomicInteger();
        for (int buffersize : new int[] {1, 2, 50}) {
            taken.set(0);
            try (Results<Integer> results =
                    executor.map(Calls::increment, Inputs.endless(taken), AUTO.buffersize(buffersize))) {
                for (int given = 0; given < 500; given++) {
                    assertThat(taken.get()).isLessThanOrEqualTo(buffersize + given);
                    assertThat(results.next()).isEqualTo(given + 1);
                }
            }
        }
    }

    /** Takes longer than a batch should; the last two wait for each other. */
    private static int slow(int n, Latch[] lastTwo, Latch release) throws InterruptedException {
        if (n < 20) {
            Thread.sleep(15);
            return n;
        }
        lastTwo[n - 20].open();
        while (!lastTwo[21 - n].isOpen() && !release.isOpen()) Thread.sleep(2);
        return n;
    }

    @Test
    void noWorkerIsLeftWithoutWhileAnotherHasMuch() throws Exception {
        occupyAllWorkers(); // all have started
        release.open();
        Latch giveUp = latch("give-up");
        Latch[] lastTwo = {latch("last-but-one"), latch("last")};
        MapOptions inTime = AUTO.timeout(Delays.LONG);
        try (var results = executor.map((Integer n) -> slow(n, lastTwo, giveUp), range(0, 22), inTime)) {
            assertThat(list(results)).isEqualTo(range(0, 22));
        } finally {
            giveUp.open();
        }
    }

    @Test
    void aSlowItemDoesNotHoldBackTheResultsBeforeIt() {
        Latch gate = release;
        Results<Integer> results = executor.map(
                (Integer n) -> {
                    if (n == 1) gate.await();
                    return n;
                },
                List.of(0, 1, 2, 3),
                AUTO);
        assertThat(results.next()).isZero();
        release.open();
        assertThat(list(results)).containsExactly(1, 2, 3);
    }
}
