package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.Results;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a map treats its input, and what becomes of each item, where others fail or never run. */
class MapInputContractIT extends ExecutorContract {
    private static final List<MapOptions> ONE_BY_ONE = List.of(MapOptions.defaults(), MapOptions.autoChunksize());

    /** Runs, and leaves word which item it was. */
    private static int tell(int n, Latch ran) {
        ran.open(Integer.toString(n));
        return n;
    }

    /** Gives the next item only when all before it have run. */
    private static Iterable<Integer> waitingForThoseBefore(int items, Latch ran) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                await().atMost(Delays.LONG).until(() -> ran.words().size() == next);
                return next < items;
            }

            @Override
            public Integer next() {
                return next++;
            }
        };
    }

    @Test
    void anItemIsOnItsWayBeforeTheInputIsAskedForTheNextOne() {
        for (MapOptions options : ONE_BY_ONE) {
            Latch ran = latch("ran-" + options.hashCode());
            assertThat(list(executor.map((Integer n) -> tell(n, ran), waitingForThoseBefore(5, ran), options)))
                    .containsExactly(0, 1, 2, 3, 4);
        }
    }

    /** A map may be in the middle of its own when its input, in the same thread, has another one. */
    @Test
    void anInputMayUseTheSameExecutor() {
        for (int chunksize : new int[] {1, 3}) {
            MapOptions options = MapOptions.chunksize(chunksize);
            Iterable<Integer> inner = () -> new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < 7;
                }

                @Override
                public Integer next() {
                    List<String> texts = list(executor.map(n -> "n=" + n, List.of(next++), options));
                    return Integer.parseInt(texts.get(0).substring(2));
                }
            };
            assertThat(list(executor.map(Calls::increment, inner, options))).containsExactly(1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void whatCameBeforeAnInputFailedIsGivenAlsoInTheMiddleOfAChunk() {
        for (int chunksize : new int[] {1, 2, 3, 10}) {
            Results<Integer> results = executor.map(
                    Calls::increment,
                    Inputs.failingAt(13),
                    MapOptions.chunksize(chunksize).buffersize(1));
            List<Integer> got = new ArrayList<>();
            assertThatThrownBy(() -> results.forEachRemaining(got::add)).hasMessage("input fails on purpose");
            assertThat(got)
                    .as("chunksize=%s", chunksize)
                    .isEqualTo(IntStream.rangeClosed(1, 13).boxed().toList());
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void aShutdownThatCancelsTellsEveryItemThatHadNotStarted() throws Exception {
        for (MapOptions options : ONE_BY_ONE) {
            var shutDown = kind.create(WORKERS);
            Latch began = latch("began-" + options.hashCode());
            Latch gate = release;
            Results<Integer> results = shutDown.map(
                    (Integer n) -> {
                        tell(n, began);
                        gate.await();
                        return n;
                    },
                    IntStream.range(0, 20).boxed().toList(),
                    options);
            await().atMost(Delays.LONG).until(() -> began.words().size() == WORKERS);
            shutDown.shutdown(false, true);
            List<Integer> ran = new ArrayList<>();
            int cancelled = 0;
            try (var opener = new WhenWaiting(release::open)) {
                for (Outcome<Integer> outcome : results.outcomes()) {
                    if (outcome.isSuccess()) ran.add(outcome.result());
                    else if (outcome.exception() instanceof CancellationException) cancelled++;
                }
            }
            assertThat(ran).hasSize(WORKERS).isSorted();
            assertThat(cancelled).isEqualTo(20 - WORKERS);
            assertThat(began.words()).hasSize(WORKERS);
            shutDown.close();
            release = latch("release-again");
        }
    }

    @Test
    void whatIsLeftOfABoundedMapIsGivenWhenItsInputEnds() {
        for (int items : new int[] {0, 1, 2, 5, 63, 64, 65, 200})
            for (int buffersize : new int[] {1, 2, 64, 65, 1000}) {
                List<Integer> input = IntStream.range(0, items).boxed().toList();
                Results<Integer> results = executor.map(
                        Calls::increment, input, MapOptions.defaults().buffersize(buffersize));
                for (int n : input) {
                    assertThat(results.hasNext()).isTrue();
                    assertThat(results.next()).isEqualTo(n + 1);
                }
                assertThat(results.hasNext()).isFalse();
            }
    }

    @Test
    void largeAndSmallItemsKeepTheirOrder() {
        List<String> input = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            input.addAll(Collections.nCopies(i, Integer.toString(i)));
            input.add("x".repeat(i * 2500));
        }
        for (MapOptions options :
                List.of(MapOptions.defaults(), MapOptions.autoChunksize().buffersize(7), MapOptions.chunksize(4))) {
            List<Integer> lengths = list(executor.map(String::length, input, options));
            assertThat(lengths).isEqualTo(input.stream().map(String::length).toList());
        }
    }
}
