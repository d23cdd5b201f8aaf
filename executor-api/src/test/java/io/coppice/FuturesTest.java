package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** wait and asCompleted over futures of which nothing is known but when they end. */
@Timeout(30)
class FuturesTest {
    private static Promise<Integer> ended(int result) {
        Promise<Integer> promise = new Promise<>();
        promise.setResult(result);
        return promise;
    }

    @Test
    void nothingToWaitForReturnsAtOnce() throws Exception {
        assertThat(Futures.wait(List.<Future<Integer>>of()).done()).isEmpty();
        assertThat(Futures.asCompleted(List.<Future<Integer>>of()).iterator().hasNext())
                .isFalse();
    }

    @Test
    void zeroTimeDoesNotWait() throws Exception {
        Promise<Integer> pending = new Promise<>();
        var both = Futures.wait(List.of(pending, ended(1)), Duration.ZERO);
        assertThat(both.done()).hasSize(1);
        assertThat(both.notDone()).containsExactly(pending);
        Iterator<Future<Integer>> done =
                Futures.asCompleted(List.of(pending, ended(1)), Duration.ZERO).iterator();
        assertThat(done.next().isDone()).isTrue();
        assertThatThrownBy(done::next)
                .isInstanceOf(UncheckedTimeoutException.class)
                .hasMessage("1 (of 2) futures unfinished");
    }

    @Test
    void asCompletedFollowsTheOrderOfCompletion() {
        List<Promise<Integer>> promises = List.of(new Promise<>(), new Promise<>(), new Promise<>());
        Iterator<Future<Integer>> done = Futures.asCompleted(promises).iterator();
        for (int i : new int[] {2, 0, 1}) {
            promises.get(i).setResult(i);
            assertThat(done.next()).isSameAs(promises.get(i));
        }
        assertThatThrownBy(done::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void futuresOfDifferentResultsCanBeWaitedForTogether() throws Exception {
        Promise<String> text = new Promise<>();
        text.setResult("x");
        List<Future<?>> mixed = List.of(text, ended(1));
        assertThat(Futures.wait(mixed).done()).hasSize(2);
        int count = 0;
        for (Future<?> each : Futures.asCompleted(mixed)) if (each.isDone()) count++;
        assertThat(count).isEqualTo(2);
    }

    @Test
    void anInterruptEndsTheWaitAndIsNotLost() {
        List<Promise<Integer>> pending = List.of(new Promise<>());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Futures.wait(pending)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Futures.asCompleted(pending).iterator().next())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
