package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that could never end is refused, and no other is. */
@Timeout(60)
class DeadlockTest {
    private final List<ThreadPoolExecutor> pools = new ArrayList<>();

    private ThreadPoolExecutor pool(int maxWorkers) {
        ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                .maxWorkers(maxWorkers)
                .threadNamePrefix("pool" + pools.size())
                .build();
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void close() {
        pools.forEach(ThreadPoolExecutor::shutdownNow);
        pools.forEach(ThreadPoolExecutor::close);
    }

    /** Something to put a future into that a call waits for. */
    private static final class Later<T> {
        private final CompletableFuture<Future<T>> future = new CompletableFuture<>();

        void is(Future<T> future) {
            this.future.complete(future);
        }

        Future<T> get() {
            return future.join();
        }
    }

    private static int wait(Later<Integer> other) throws Exception {
        return other.get().result();
    }

    private static int seven() {
        return 7;
    }

    // ---- the two examples of Python's documentation ----

    @Test
    void twoCallsThatWaitForEachOther() {
        ThreadPoolExecutor pool = pool(2);
        Later<Integer> first = new Later<>();
        Later<Integer> second = new Later<>();
        Future<Integer> a = pool.submit(DeadlockTest::wait, second);
        Future<Integer> b = pool.submit(DeadlockTest::wait, first);
        first.is(a);
        second.is(b);
        assertThatThrownBy(a::result)
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("waiting=io.coppice.DeadlockTest::wait, thread=pool0_")
                .hasMessageContaining("awaited=io.coppice.DeadlockTest::wait, runsOn=pool0_")
                .hasMessageContaining("maxWorkers=2");
        assertThatThrownBy(b::result).isInstanceOf(DeadlockException.class);
    }

    @Test
    void aCallThatWaitsForOneItsOwnThreadWouldHaveToRun() throws Exception {
        ThreadPoolExecutor pool = pool(1);
        Later<Integer> inner = new Later<>();
        Future<Integer> outer = pool.submit(() -> {
            Future<Integer> submitted = pool.submit(DeadlockTest::seven);
            inner.is(submitted);
            return submitted.result();
        });
        assertThatThrownBy(outer::result)
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("waiting=io.coppice.DeadlockTest (lambda in aCallThatWaits")
                .hasMessageContaining("awaited=io.coppice.DeadlockTest::seven, state=pending")
                .hasMessageContaining("maxWorkers=1")
                .hasMessageContaining("more workers");
        assertThat(inner.get().result()).isEqualTo(7);
    }

    // ---- every way to wait ----

    private interface Wait {
        @Nullable
        Object on(ThreadPoolExecutor pool) throws Exception;
    }

    private void isRefused(Wait wait) {
        ThreadPoolExecutor pool = pool(1);
        assertThatThrownBy(() -> pool.submit((Task<@Nullable Object>) () -> wait.on(pool))
                        .result())
                .isInstanceOf(DeadlockException.class);
    }

    @Test
    void everyWaitOfAFutureIsRefused() {
        isRefused(pool -> pool.submit(DeadlockTest::seven).result());
        isRefused(pool -> pool.submit(DeadlockTest::seven).exception());
        isRefused(pool -> pool.submit(DeadlockTest::seven).get());
        isRefused(pool -> pool.submit(DeadlockTest::seven).get(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
    }

    @Test
    void everyWaitForSeveralIsRefused() {
        for (ReturnWhen returnWhen : ReturnWhen.values())
            isRefused(pool -> Futures.wait(
                    List.of(pool.submit(DeadlockTest::seven), pool.submit(DeadlockTest::seven)), returnWhen));
        isRefused(pool -> Futures.asCompleted(List.of(pool.submit(DeadlockTest::seven)))
                .iterator()
                .next());
        isRefused(pool -> pool.map((Integer n) -> n, List.of(1, 2)).next());
        isRefused(pool ->
                pool.map((Integer n) -> n, List.of(1, 2)).outcomes().iterator().next());
    }

    @Test
    void aMapWhoseWaitIsRefusedEndsAndLeavesNothingToRun() throws Exception {
        ThreadPoolExecutor pool = pool(1);
        AtomicReference<String> ran = new AtomicReference<>();
        Results<Integer> results = pool.submit((Task<Results<Integer>>) () -> {
                    Results<Integer> inner = pool.map(
                            (Integer n) -> {
                                ran.set("an item");
                                return n;
                            },
                            List.of(1, 2));
                    assertThatThrownBy(inner::next).isInstanceOf(DeadlockException.class);
                    return inner;
                })
                .result();
        assertThat(results.hasNext()).isFalse();
        pool.close();
        assertThat(ran.get()).isNull();
    }

    @Test
    void invokeAllAndInvokeAnyAreRefusedAndLeaveNothingToRun() throws Exception {
        AtomicReference<String> ran = new AtomicReference<>();
        isRefused(pool -> pool.invokeAll(List.of(() -> ran.getAndSet("all"))));
        isRefused(pool -> pool.invokeAny(List.of(() -> ran.getAndSet("any"))));
        pools.forEach(ThreadPoolExecutor::close);
        assertThat(ran.get()).isNull();
    }

    // ---- where else it may happen ----

    @Test
    void aCallThatWaitsForItself() {
        ThreadPoolExecutor pool = pool(3);
        Later<Integer> self = new Later<>();
        Future<Integer> call = pool.submit(DeadlockTest::wait, self);
        self.is(call);
        assertThatThrownBy(call::result).isInstanceOf(DeadlockException.class);
    }

    @Test
    void aCircleThroughTwoPools() {
        ThreadPoolExecutor outer = pool(1);
        ThreadPoolExecutor inner = pool(1);
        Future<Integer> call = outer.submit(() ->
                inner.submit(() -> outer.submit(DeadlockTest::seven).result()).result());
        assertThatThrownBy(call::result)
                .isInstanceOf(DeadlockException.class)
                .message()
                .containsAnyOf("pool=pool1, awaited=", "pool=pool0, awaited=")
                .containsAnyOf("awaitedPool=pool1", "awaitedPool=pool0");
    }

    @Test
    void anInitializerThatWaitsForItsOwnPool() {
        CompletableFuture<ThreadPoolExecutor> self = new CompletableFuture<>();
        ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                .maxWorkers(2)
                .initializer(() -> {
                    try {
                        self.join().submit(DeadlockTest::seven).result();
                    } catch (RuntimeException failure) {
                        throw failure;
                    } catch (Exception impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .build();
        pools.add(pool);
        self.complete(pool);
        assertThatThrownBy(() -> pool.submit(DeadlockTest::seven).result())
                .isInstanceOf(BrokenThreadPool.class)
                .rootCause()
                .isInstanceOf(DeadlockException.class);
    }

    @Test
    void aCallbackThatWaitsInThePoolsOnlyThread() {
        ThreadPoolExecutor pool = pool(1);
        CompletableFuture<Object> seen = new CompletableFuture<>();
        CountDownLatch added = new CountDownLatch(1);
        pool.submit(() -> added.await(30, TimeUnit.SECONDS)).addDoneCallback(done -> {
            try {
                seen.complete(pool.submit(DeadlockTest::seven).result());
            } catch (Throwable refused) {
                seen.complete(refused);
            }
        });
        added.countDown();
        assertThat(seen.join()).isInstanceOf(DeadlockException.class);
    }

    @Test
    void theFirstOfSeveralWhenOnlyStuckOnesAreLeft() {
        ThreadPoolExecutor pool = pool(1);
        ThreadPoolExecutor other = pool(1);
        Future<Object> call = pool.submit(() -> {
            Future<Integer> stuck = pool.submit(DeadlockTest::seven);
            Future<Integer> free = other.submit(DeadlockTest::seven);
            List<Future<Integer>> seen = new ArrayList<>();
            assertThatThrownBy(() -> Futures.asCompleted(List.of(stuck, free)).forEach(seen::add))
                    .isInstanceOf(DeadlockException.class)
                    .hasMessageContaining("state=pending");
            assertThat(seen).containsExactly(free);
            return null;
        });
        assertThat(catching(call)).isNull();
    }

    @Test
    void aCallThatCatchesItGoesOn() throws Exception {
        ThreadPoolExecutor pool = pool(1);
        Future<Integer> call = pool.submit(() -> {
            Future<Integer> inner = pool.submit(DeadlockTest::seven);
            try {
                return inner.result();
            } catch (DeadlockException refused) {
                inner.cancel();
                return seven();
            }
        });
        assertThat(call.result()).isEqualTo(7);
    }

    // ---- waits that end ----

    @Test
    void aFreeThreadRunsWhatIsWaitedFor() throws Exception {
        ThreadPoolExecutor pool = pool(2);
        assertThat(pool.submit(() -> pool.submit(DeadlockTest::seven).result()).result())
                .isEqualTo(7);
    }

    @Test
    void aWaitWithATimeoutEndsByItself() {
        ThreadPoolExecutor pool = pool(1);
        Future<Integer> call =
                pool.submit(() -> pool.submit(DeadlockTest::seven).result(Duration.ofMillis(50)));
        assertThatThrownBy(call::result).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aThreadThatWaitsWithATimeoutCountsAsFree() throws Exception {
        ThreadPoolExecutor pool = pool(2);
        CountDownLatch waits = new CountDownLatch(1);
        Promise<Integer> unended = new Promise<>();
        Future<@Nullable Throwable> timed = pool.submit(() -> {
            waits.countDown();
            return catching(() -> unended.result(Duration.ofMillis(200)));
        });
        waits.await();
        assertThat(pool.submit(() -> pool.submit(DeadlockTest::seven).result()).result())
                .isEqualTo(7);
        assertThat(timed.result()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatOthersMayEndIsWaitedFor() throws Exception {
        ThreadPoolExecutor pool = pool(1);
        Promise<Integer> promise = new Promise<>();
        Future<Integer> call = pool.submit(() -> promise.result());
        await().until(() -> isParked("pool0_0"));
        promise.setResult(7);
        assertThat(call.result()).isEqualTo(7);

        Future<Integer> first = pool.submit(() -> Futures.asCompleted(
                        List.of(pool.submit(DeadlockTest::seven), new PromiseEndedBy(pool(1)).promise))
                .iterator()
                .next()
                .result());
        assertThat(first.result()).isEqualTo(8);
    }

    /** A plain promise that another pool ends. */
    private static final class PromiseEndedBy {
        final Promise<Integer> promise = new Promise<>();

        PromiseEndedBy(ThreadPoolExecutor pool) {
            pool.execute(() -> promise.setResult(8));
        }
    }

    @Test
    void anInterruptedWaitCountsNoMore() throws Exception {
        ThreadPoolExecutor pool = pool(2);
        Promise<Integer> promise = new Promise<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Future<@Nullable Throwable> interrupted = pool.submit(() -> {
            thread.complete(Thread.currentThread());
            return catching(promise::result);
        });
        thread.get().interrupt();
        assertThat(interrupted.result()).isInstanceOf(InterruptedException.class);
        assertThat(pool.submit(() -> pool.submit(DeadlockTest::seven).result()).result())
                .isEqualTo(7);
    }

    @Test
    void manyNestedWaitsEndAsTheyWouldWithoutUs() throws Exception {
        // A tree of calls on fewer threads than it is deep must deadlock or end; on as many as it has calls it must
        // end.
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int depth = 1 + random.nextInt(3);
            int threads = 1 + random.nextInt(8);
            ThreadPoolExecutor pool = pool(threads);
            Throwable end = catching(() -> tree(pool, depth));
            assertThat(end)
                    .as("seed=%s round=%s depth=%s threads=%s", seed, round, depth, threads)
                    .satisfiesAnyOf(
                            each -> assertThat(each).isNull(),
                            each -> assertThat(each).isInstanceOf(DeadlockException.class));
            if (threads >= (1 << depth)) assertThat(end).isNull();
            if (threads < depth) assertThat(end).isInstanceOf(DeadlockException.class);
            pool.close();
            pools.remove(pool);
        }
    }

    /** A call that waits for two such calls, and so on; the lowest wait for none. Counts the lowest. */
    private static int tree(ThreadPoolExecutor pool, int depth) throws Exception {
        if (depth == 0) return 1;
        Future<Integer> left = pool.submit(() -> tree(pool, depth - 1));
        Future<Integer> right = pool.submit(() -> tree(pool, depth - 1));
        return left.result() + right.result();
    }

    private interface Code {
        @Nullable
        Object run() throws Throwable;
    }

    private static @Nullable Throwable catching(Future<?> call) {
        return catching(call::result);
    }

    private static @Nullable Throwable catching(Code code) {
        try {
            code.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private static boolean isParked(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name) && thread.getState() == Thread.State.WAITING);
    }
}
