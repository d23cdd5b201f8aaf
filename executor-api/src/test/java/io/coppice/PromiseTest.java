package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the future does inside: threads that race, and outcomes that nobody has read. FutureContractTest has its rules. */
@Timeout(30)
@SuppressWarnings("NullAway") // plays the user, who passes and gets null where T allows it
class PromiseTest {
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

    /** invokeAll cancels first, and abandons what could not be cancelled: a call may be given back in between. */
    @Test
    void oneThatIsAbandonedIsDoneWhetherItRunsOrWasGivenBack() {
        Promise<String> running = new Promise<>();
        assertThat(running.tryStart()).isTrue();
        running.abandon();
        assertThat(running.isCancelled()).isTrue();

        Promise<String> givenBack = new Promise<>();
        assertThat(givenBack.tryStart()).isTrue();
        assertThat(givenBack.cancel()).isFalse();
        givenBack.handBack();
        givenBack.abandon();
        assertThat(givenBack.isCancelled()).isTrue();

        Promise<String> ended = new Promise<>();
        ended.setResult("a");
        ended.abandon();
        assertThat(ended.isCancelled()).isFalse();
    }
}
