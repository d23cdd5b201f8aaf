package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.MapOptions;
import io.coppice.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** map with a buffer size: never more taken from its input than told, and nothing of it lost. */
class BuffersizeContractIT extends ExecutorContract {
    private static final int[] SIZES = {1, 2, 4, 8};

    private final AtomicInteger taken = new AtomicInteger();

    private static MapOptions buffersize(int buffersize) {
        return MapOptions.defaults().buffersize(buffersize);
    }

    /** A thread pool has nothing to send and knows no chunks. */
    private int itemsOf(int chunks, int chunksize) {
        return kind == ExecutorKind.PROCESSES ? chunks * chunksize : chunks;
    }

    @Test
    @Tag("E07")
    void sizesOfLessThanOneAreRefused() {
        for (int none : new int[] {0, -1}) {
            assertThatThrownBy(() -> buffersize(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("buffersize must be at least 1: buffersize=" + none);
            assertThatThrownBy(() -> MapOptions.chunksize(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("chunksize must be at least 1: chunksize=" + none);
        }
    }

    @Test
    @Tag("E08")
    @Tag("E09")
    void resultsAreTheSameWithABuffer() {
        List<Integer> input = IntStream.range(0, 10).boxed().toList();
        List<Integer> expected = IntStream.rangeClosed(1, 10).boxed().toList();
        List<Integer> ones = input.stream().map(n -> 1).toList();
        for (int size : SIZES) {
            assertThat(list(executor.map(Calls::increment, input, buffersize(size))))
                    .isEqualTo(expected);
            assertThat(list(executor.map(Integer::sum, input, ones, buffersize(size))))
                    .isEqualTo(expected);
        }
    }

    @Test
    @Tag("E10")
    @Tag("E11")
    void anInputMayBeEndless() {
        for (int size : SIZES) {
            try (Results<Integer> one = executor.map(Calls::increment, Inputs.endless(taken), buffersize(size));
                    Results<Integer> two = executor.map(
                            Integer::sum, Inputs.endless(taken), Inputs.endless(taken), buffersize(size))) {
                assertThat(List.of(one.next(), one.next(), one.next())).containsExactly(1, 2, 3);
                assertThat(List.of(two.next(), two.next(), two.next())).containsExactly(0, 2, 4);
            }
        }
    }

    @Test
    @Tag("E12")
    @Tag("E13")
    void ofNothingComesNothing() {
        for (int size : SIZES) {
            assertThat(executor.map(Calls::increment, List.<Integer>of(), buffersize(size))
                            .hasNext())
                    .isFalse();
            assertThat(executor.map(Integer::sum, List.of(1), List.<Integer>of(), buffersize(size))
                            .hasNext())
                    .isFalse();
        }
    }

    @Test
    @Tag("E14")
    void neverMoreIsTakenThanTheBufferHoldsAndTheNextOnlyForOneThatWasGiven() {
        for (int chunksize : new int[] {1, 3})
            for (int size : SIZES) {
                taken.set(0);
                MapOptions options = MapOptions.chunksize(chunksize).buffersize(size);
                try (Results<Integer> results = executor.map(Calls::increment, Inputs.endless(taken), options)) {
                    assertThat(taken.get()).isEqualTo(itemsOf(size, chunksize));
                    for (int given = 1; given <= 12; given++) {
                        assertThat(results.next()).isEqualTo(given);
                        int used = kind == ExecutorKind.PROCESSES ? given / chunksize : given;
                        assertThat(taken.get()).isEqualTo(itemsOf(size + used, chunksize));
                    }
                }
            }
    }

    @Test
    @Tag("E14")
    void whoWaitsForAResultHasNotSubmittedTheNextCallYet() throws Exception {
        for (int chunksize : new int[] {1, 3}) {
            Latch gate = latch("gate-" + chunksize);
            taken.set(0);
            AtomicInteger takenMeanwhile = new AtomicInteger();
            try (Results<Integer> results = executor.map(
                            (Integer n) -> {
                                gate.await();
                                return n;
                            },
                            Inputs.endless(taken),
                            MapOptions.chunksize(chunksize).buffersize(2));
                    var opener = new WhenWaiting(() -> {
                        takenMeanwhile.set(taken.get());
                        gate.open();
                    })) {
                assertThat(results.next()).isZero();
            }
            assertThat(takenMeanwhile.get()).isEqualTo(itemsOf(2, chunksize));
        }
    }

    @Test
    void aShutdownCutsOffNothingThatWasTakenAndTheRestIsRefusedAloud() {
        for (int chunksize : new int[] {1, 2}) {
            var shutDown = kind.create(1);
            taken.set(0);
            Results<Integer> results = shutDown.map(
                    Calls::increment,
                    Inputs.endless(taken),
                    MapOptions.chunksize(chunksize).buffersize(3));
            Results<Integer> usedUp = shutDown.map(Calls::increment, List.of(1, 2), buffersize(2));
            shutDown.shutdown();
            List<Integer> got = new ArrayList<>();
            assertThatThrownBy(() -> results.forEachRemaining(got::add)).isInstanceOf(RejectedExecutionException.class);
            assertThat(got)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, itemsOf(3, chunksize))
                            .boxed()
                            .toList());
            assertThat(taken.get()).isEqualTo(got.size());
            assertThat(results.hasNext()).isFalse();
            assertThat(list(usedUp)).containsExactly(2, 3); // there was nothing more to take
            shutDown.close();
        }
    }

    @Test
    void anInputThatFailsIsToldAfterTheResultsBeforeIt() {
        Results<Integer> results = executor.map(Calls::increment, Inputs.failingAt(4), buffersize(2));
        List<Integer> got = new ArrayList<>();
        assertThatThrownBy(() -> results.forEachRemaining(got::add)).hasMessage("input fails on purpose");
        assertThat(got).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> executor.map(Calls::increment, Inputs.failingAt(4)))
                .hasMessage("input fails on purpose");
    }
}
