package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Outcome;
import io.coppice.Results;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a call has used up can be collected, while its executor lives on. */
class ReferenceContractIT extends ExecutorContract {
    /** What a program would like to have back. */
    static class Big implements Serializable {
        private static final long serialVersionUID = 1;

        int size() {
            return 1;
        }

        static Big made(int item) {
            if (item < 0) throw new Failure(new Big());
            return new Big();
        }
    }

    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        final Big big;

        Failure(Big big) {
            this.big = big;
        }
    }

    @Test
    @Tag("E16")
    void argumentsAndCapturesCanBeCollectedWhenTheCallHasRun() throws Exception {
        List<Future<?>> futures = new ArrayList<>(); // kept: a future holds its result and nothing else
        List<WeakReference<?>> used = new ArrayList<>();
        for (int i = 0; i < 3; i++) futures.addAll(submitBigs(used));
        for (Future<?> each : futures) assertThat(each.result()).isEqualTo(1);
        Garbage.awaitCollected(used);
    }

    private List<Future<?>> submitBigs(List<WeakReference<?>> used) {
        Big argument = new Big();
        Big captured = new Big();
        Big receiver = new Big();
        for (Big each : List.of(argument, captured, receiver)) used.add(new WeakReference<>(each));
        return List.of(
                executor.submit(Big::size, argument),
                executor.submit(() -> captured.size()),
                executor.submit(receiver::size));
    }

    @Test
    @Tag("E16")
    void resultsAndExceptionsCanBeCollectedWithTheirFuture() throws Exception {
        List<WeakReference<?>> given = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Future<Big> returned = executor.submit(Big::made, 1);
            given.add(new WeakReference<>(returned.result()));
            given.add(new WeakReference<>(returned));
            Future<Big> raised = executor.submit(Big::made, -1);
            given.add(new WeakReference<>(raised.exception()));
            given.add(new WeakReference<>(((Failure) raised.exception()).big));
        }
        Garbage.awaitCollected(given);
    }

    @Test
    @Tag("E18")
    void mapHoldsNoResultItHasGiven() {
        for (int chunksize : new int[] {1, 3}) {
            MapOptions chunked = MapOptions.chunksize(chunksize);
            List<WeakReference<?>> given = new ArrayList<>();
            Results<Big> results = executor.map(Big::made, List.of(1, 2, 3, 4, 5, 6), chunked);
            for (int i = 0; i < 4; i++) given.add(new WeakReference<>(results.next()));
            Results<Big> failing = executor.map(Big::made, List.of(1, -1, 1), chunked);
            Iterator<Outcome<Big>> outcomes = failing.outcomes().iterator();
            for (int i = 0; i < 2; i++) given.add(new WeakReference<>(valueOrFailure(outcomes.next())));
            Results<Big> ended = executor.map(Big::made, List.of(-1, 1, 1), chunked);
            given.add(new WeakReference<>(catchThrowable(ended::next)));

            Garbage.awaitCollected(given);
            assertThat(list(results)).hasSize(2); // held until here
            assertThat(list(failing)).hasSize(1);
            assertThat(ended.hasNext()).isFalse();
        }
    }

    @Test
    @Tag("E16")
    void mapHoldsNoItemOfAnInputThatItHasUsedUp() {
        List<WeakReference<?>> given = new ArrayList<>();
        Results<Integer> results = executor.map(Big::size, bigs(3, given));
        assertThat(results.next() + results.next()).isEqualTo(2);
        Garbage.awaitCollected(given);
        assertThat(results.next()).isEqualTo(1);
    }

    private static List<Big> bigs(int count, List<WeakReference<?>> made) {
        List<Big> bigs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bigs.add(new Big());
            made.add(new WeakReference<>(bigs.get(i)));
        }
        return bigs;
    }

    private static Object valueOrFailure(Outcome<Big> outcome) {
        return outcome instanceof Outcome.Success<Big> success ? success.value() : outcome.exception();
    }
}
