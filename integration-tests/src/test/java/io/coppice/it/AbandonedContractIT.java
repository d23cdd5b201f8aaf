package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Executor;
import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Results;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An executor that nobody refers to any more, and that was not shut down: it finishes what was submitted, and ends. That
 * its threads and child JVMs do is seen by {@link NothingLeftBehind}.
 */
class AbandonedContractIT extends ExecutorContract {
    private record Abandoned<T>(WeakReference<Executor> executor, T left) {}

    /** In a method of its own, whose frame holds the executor until it returns. */
    private Abandoned<List<Future<Long>>> abandonBusy() {
        Executor fresh = kind.create(WORKERS);
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) futures.add(fresh.submit(Calls::pidWhen, latch("started-" + i), release));
        for (int i = 0; i < 20; i++) futures.add(fresh.submit(Calls::pid));
        return new Abandoned<>(new WeakReference<>(fresh), futures);
    }

    @Test
    @Tag("S10")
    @Tag("S17")
    void whatWasSubmittedToACollectedExecutorRuns() throws Exception {
        Abandoned<List<Future<Long>>> abandoned = abandonBusy();
        for (int i = 0; i < WORKERS; i++) latch("started-" + i).await();
        Garbage.awaitCollected(abandoned.executor());
        release.open();
        for (Future<Long> each : abandoned.left())
            assertThat(each.result(Delays.LONG)).isPositive();
    }

    private Abandoned<Integer> abandonIdle() throws Exception {
        Executor fresh = kind.create(WORKERS);
        int result = fresh.submit(Calls::increment, 1).result();
        return new Abandoned<>(new WeakReference<>(fresh), result);
    }

    @Test
    void anIdleExecutorThatIsCollectedEnds() throws Exception {
        Abandoned<Integer> abandoned = abandonIdle();
        assertThat(abandoned.left()).isEqualTo(2);
        Garbage.awaitCollected(abandoned.executor());
    }

    private Abandoned<Results<Integer>> abandonMapping() {
        Executor fresh = kind.create(WORKERS);
        Results<Integer> results = fresh.map(
                Calls::increment,
                IntStream.range(0, 50).boxed().toList(),
                MapOptions.defaults().buffersize(2));
        return new Abandoned<>(new WeakReference<>(fresh), results);
    }

    @Test
    void resultsThatAreStillAskedForAreNotCutOff() {
        Abandoned<Results<Integer>> abandoned = abandonMapping();
        List<Integer> got = new ArrayList<>();
        while (abandoned.left().hasNext()) {
            if (got.size() % 10 == 0) System.gc();
            got.add(abandoned.left().next());
        }
        assertThat(got).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
        Garbage.awaitCollected(abandoned.executor());
    }
}
