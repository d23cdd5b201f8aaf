package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coppice.thread.OnDemandThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Interrupts, what is given back, and initializers that fail: what only threads can do to each other. */
@Timeout(60)
class ThreadPoolTest {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    private Object waitForEver() throws InterruptedException {
        started.countDown();
        never.await();
        return never;
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /** The thread may have seen that last call in the queue, and wait for it. */
    @Test
    void aShutdownThatTakesTheLastCallOutOfTheQueueStillEndsThePool() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 1_500; round++) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
            AtomicInteger running = new AtomicInteger();
            pool.submit(() -> {
                running.set(1);
                spin(3_000);
            });
            pool.submit(() -> 2);
            while (running.get() == 0) Thread.onSpinWait();
            spin(random.nextInt(6_000));
            pool.shutdown(false, true);
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS))
                    .as("round %s", round)
                    .isTrue();
        }
    }

    private static void spin(long nanos) {
        for (long start = System.nanoTime(); System.nanoTime() - start < nanos; ) Thread.onSpinWait();
    }

    // ---- interrupts ----

    @Test
    void anInterruptThatACallLeavesBehindIsSeenByNoOther() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            List<Boolean> seen = Collections.synchronizedList(new ArrayList<>());
            Action interrupting = () -> Thread.currentThread().interrupt();
            for (int i = 0; i < 100; i++) {
                pool.submit(interrupting).addDoneCallback(done -> seen.add(isInterrupted()));
                seen.add(pool.submit(() -> isInterrupted()).result());
            }
            assertThat(seen).containsOnly(false);
        }
    }

    @Test
    void shutdownNowInterruptsWhatRuns() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        Future<Object> running = pool.submit(this::waitForEver);
        started.await();
        pool.shutdownNow();
        assertThat(running.exception()).isInstanceOf(InterruptedException.class);
        pool.close();
    }

    @Test
    void aCallThatIsGivenUpIsInterrupted() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Callable<Object> waiting = this::waitForEver;
            var futures = pool.invokeAll(List.of(waiting), 50, TimeUnit.MILLISECONDS);
            assertThat(futures.get(0).isCancelled()).isTrue();
            assertThat(pool.submit(() -> isInterrupted()).result()).isFalse(); // as it runs no more
        }
    }

    /** Held up between the moment it is cancelled and its interrupt. */
    private static final class SlowlyInterrupted extends ThreadCall<Object> {
        final CountDownLatch cancelled = new CountDownLatch(1);
        final CountDownLatch interrupt = new CountDownLatch(1);

        SlowlyInterrupted(ThreadCalls calls, Task<Object> task) {
            super(calls, new Invocables.OfCallable(task), task, new Object[0]);
        }

        @Override
        void cancelled(boolean whileRunning) {
            cancelled.countDown();
            awaitUninterruptibly(interrupt);
            super.cancelled(whileRunning);
        }
    }

    @Test
    void theInterruptOfACallThatIsGivenUpHitsNoOther() throws Exception {
        ThreadCalls calls = new ThreadCalls("slow", 1, null);
        OnDemandThreads threads = new OnDemandThreads(this, 1, "slow");
        CountDownLatch end = new CountDownLatch(1);
        SlowlyInterrupted given = new SlowlyInterrupted(calls, () -> {
            started.countDown();
            end.await();
            return end;
        });
        CountDownLatch nextStarted = new CountDownLatch(1);
        Task<Object> next = () -> {
            nextStarted.countDown();
            return Thread.currentThread().isInterrupted() || given.interrupt.getCount() > 0;
        };
        ThreadCall<Object> nextCall = new ThreadCall<>(calls, new Invocables.OfCallable(next), next, new Object[0]);
        calls.begun();
        calls.begun();
        threads.execute(given);
        threads.execute(nextCall);
        started.await();
        Thread givingUp = new Thread(given::abandon);
        givingUp.start();
        given.cancelled.await();
        end.countDown();
        assertThat(nextStarted.await(100, TimeUnit.MILLISECONDS)).isFalse();
        given.interrupt.countDown();
        assertThat(nextCall.result()).isEqualTo(false);
        givingUp.join();
        threads.shutdown();
    }

    @Test
    void cancelDoesNotTouchACallThatRuns() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            CountDownLatch release = new CountDownLatch(1);
            Future<Boolean> running = pool.submit(() -> {
                started.countDown();
                return release.await(30, TimeUnit.SECONDS);
            });
            started.await();
            assertThat(running.cancel(true)).isFalse();
            assertThat(running.isRunning()).isTrue();
            release.countDown();
            assertThat(running.result()).isTrue();
        }
    }

    // ---- what shutdownNow gives back ----

    @Test
    void shutdownNowGivesBackCommandsAsTheyWereGiven() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        pool.submit(this::waitForEver);
        started.await();
        Runnable command = () -> {};
        AtomicInteger runs = new AtomicInteger();
        pool.execute(command);
        Future<Integer> counting = pool.submit((Integer by) -> runs.addAndGet(by), 7);
        Future<Object> failing = pool.submit((Task<Object>) () -> {
            throw new java.io.IOException("on purpose");
        });
        List<Runnable> neverStarted = pool.shutdownNow();
        assertThat(neverStarted).hasSize(3);
        assertThat(neverStarted.get(0)).isSameAs(command);
        neverStarted.get(1).run();
        assertThat(runs.get()).isEqualTo(7);
        assertThatThrownBy(() -> neverStarted.get(2).run()).hasRootCauseInstanceOf(java.io.IOException.class);
        assertThat(counting.isCancelled() && failing.isCancelled()).isTrue();
        pool.close();
    }

    @Test
    void everyCallEndsHoweverSubmitAndShutdownNowRace() throws Exception {
        for (int round = 0; round < 300; round++) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(2);
            AtomicInteger ran = new AtomicInteger();
            List<Future<?>> futures = Collections.synchronizedList(new ArrayList<>());
            Action count = ran::incrementAndGet;
            Thread submitter = new Thread(() -> {
                try {
                    for (int i = 0; i < 200; i++) futures.add(pool.submit(count));
                } catch (java.util.concurrent.RejectedExecutionException closed) {
                    // as it should be
                }
            });
            submitter.start();
            if (round % 3 != 0) Thread.onSpinWait();
            List<Runnable> neverStarted = pool.shutdownNow();
            submitter.join();
            pool.close();
            int cancelled = 0;
            for (Future<?> each : futures) {
                assertThat(each.isDone()).isTrue();
                if (each.isCancelled()) cancelled++;
            }
            assertThat(cancelled).isEqualTo(neverStarted.size());
            assertThat(ran.get() + cancelled).isEqualTo(futures.size());
        }
    }

    // ---- an initializer that fails ----

    @Test
    void anInitializerThatFailsBreaksThePoolWithItsOwnException() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(ThreadPoolExecutor.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        IllegalStateException failure = new IllegalStateException("error in initializer");
        CountDownLatch queued = new CountDownLatch(1);
        ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> {
                    awaitUninterruptibly(queued);
                    throw failure;
                })
                .build();
        try {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) futures.add(pool.submit(() -> 7));
            queued.countDown();
            List<Throwable> seen = new ArrayList<>();
            for (Future<Integer> each : futures) {
                Throwable thrown = each.exception();
                assertThat(thrown).isInstanceOf(BrokenThreadPool.class).hasCause(failure);
                seen.add(java.util.Objects.requireNonNull(thrown));
            }
            assertThat(seen).doesNotHaveDuplicates();
            assertThatThrownBy(() -> pool.submit(() -> 7))
                    .isInstanceOf(BrokenThreadPool.class)
                    .hasMessageContaining("make a new pool")
                    .hasCause(failure);
            assertThatThrownBy(() -> pool.execute(() -> {}))
                    .isInstanceOf(BrokenThreadPool.class)
                    .hasCause(failure);
            assertThatThrownBy(() -> pool.map((Integer n) -> n, List.of(1)))
                    .isInstanceOf(BrokenThreadPool.class)
                    .hasCause(failure);
            assertThat(log.list).hasSize(1);
            assertThat(log.list.get(0).getFormattedMessage()).startsWith("exception in initializer: thread=");
        } finally {
            pool.close();
            logger.setAdditive(true);
            logger.detachAppender(log);
        }
    }

    @Test
    void anInitializerRunsOnceInEachThreadBeforeItsCalls() throws Exception {
        AtomicInteger initialized = new AtomicInteger();
        ThreadLocal<Boolean> here = ThreadLocal.withInitial(() -> false);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                .maxWorkers(3)
                .initializer(() -> {
                    initialized.incrementAndGet();
                    here.set(true);
                })
                .build()) {
            CountDownLatch all = new CountDownLatch(3);
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> {
                    all.countDown();
                    all.await();
                    return here.get();
                }));
            }
            for (Future<Boolean> each : futures) assertThat(each.result()).isTrue();
            assertThat(pool.submit(() -> here.get()).result()).isTrue();
            assertThat(initialized.get()).isEqualTo(3);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
