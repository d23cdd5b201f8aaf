package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callbacks of calls that an executor runs. */
class CallbackContractIT extends ExecutorContract {
    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    @Tag("F01")
    @Tag("F04")
    @Tag("F08")
    void callbacksRunInOrderOnAThreadOfThisJvmAndOneThatThrowsStopsNoOther() throws Exception {
        Future<Long> future = occupyAllWorkers().get(0);
        List<String> seen = new ArrayList<>();
        AtomicReference<Thread> on = new AtomicReference<>();
        CountDownLatch last = new CountDownLatch(1);
        future.addDoneCallback(done -> {
            on.set(Thread.currentThread());
            seen.add("first " + done.isDone());
        });
        future.addDoneCallback(done -> {
            throw new IllegalStateException("an exception");
        });
        future.addDoneCallback(done -> seen.add("second"));
        future.addDoneCallback(done -> {
            throw new StackOverflowError("even an error");
        });
        future.addDoneCallback(done -> {
            seen.add("third");
            last.countDown();
        });
        try (LoggedEvents logged = new LoggedEvents()) {
            release.open();
            await(last);
            assertThat(seen).containsExactly("first true", "second", "third");
            assertThat(on.get()).isNotSameAs(Thread.currentThread());

            AtomicReference<Thread> late = new AtomicReference<>();
            future.addDoneCallback(done -> late.set(Thread.currentThread()));
            assertThat(late.get()).isSameAs(Thread.currentThread());
            future.addDoneCallback(done -> {
                throw new AssertionError("late");
            });
            assertThat(logged.startingWith("exception calling callback for <Future at 0x"))
                    .extracting(event -> event.getThrowableProxy().getMessage())
                    .containsExactly("an exception", "even an error", "late");
        }
    }

    @Test
    @Tag("F02")
    @Tag("F03")
    void callbacksSeeFailuresAndCancellations() throws Exception {
        occupyAllWorkers();
        AtomicReference<Object> failure = new AtomicReference<>();
        CountDownLatch failed = new CountDownLatch(1);
        executor.submit(Calls::divide, 1, 0).addDoneCallback(done -> {
            failure.set(done.snapshot().exception());
            failed.countDown();
        });
        Future<Long> queued = executor.submit(Calls::pid);
        AtomicReference<Thread> cancelledOn = new AtomicReference<>();
        queued.addDoneCallback(done -> {
            if (done.isCancelled()) cancelledOn.set(Thread.currentThread());
        });
        queued.cancel();
        assertThat(cancelledOn.get()).isSameAs(Thread.currentThread());
        release.open();
        await(failed);
        assertThat(failure.get()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aCallbackMayWaitForAnotherCallAndShutTheExecutorDown() throws Exception {
        AtomicReference<Object> seen = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        executor.submit(Calls::increment, 1).addDoneCallback(first -> {
            try {
                seen.set(executor.submit(Calls::increment, first.result()).result());
                executor.shutdown(true, false);
            } catch (Throwable thrown) {
                seen.set(thrown);
            }
            over.countDown();
        });
        await(over);
        assertThat(seen.get()).isEqualTo(3);
        assertThat(executor.awaitTermination(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
    }
}
