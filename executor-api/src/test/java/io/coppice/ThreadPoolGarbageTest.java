package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread pool that nobody holds any more ends, after what was submitted; and it holds nothing of a call that has ended. */
@Timeout(60)
class ThreadPoolGarbageTest {
    private static ThreadPoolExecutor pool(String prefix, int maxWorkers) {
        return ThreadPoolExecutor.builder()
                .maxWorkers(maxWorkers)
                .threadNamePrefix(prefix)
                .build();
    }

    private static long threadsOf(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private static void awaitEndOf(String prefix) {
        await().untilAsserted(() -> {
            System.gc();
            assertThat(threadsOf(prefix)).isZero();
        });
    }

    private static void awaitCollected(WeakReference<?> reference) {
        await().until(() -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    // ---- the executor ----

    @Test
    void anExecutorThatNobodyHoldsRunsWhatWasSubmittedThenEndsItsThreads() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<Future<Integer>> futures = submitAndForget("forgotten", release);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        awaitCollected(garbage);
        assertThat(threadsOf("forgotten")).isEqualTo(3); // two, and the one that keeps the JVM alive
        release.countDown();
        for (int i = 0; i < futures.size(); i++)
            assertThat(futures.get(i).result()).isEqualTo(i);
        awaitEndOf("forgotten");
    }

    private static List<Future<Integer>> submitAndForget(String prefix, CountDownLatch release) {
        ThreadPoolExecutor pool = pool(prefix, 2);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int n = i;
            futures.add(pool.submit(() -> {
                release.await();
                return n;
            }));
        }
        return futures;
    }

    @Test
    void anExecutorIsThereWhileItSubmits() throws Exception {
        for (int round = 0; round < 200; round++) {
            Future<Integer> future = pool("passing", 1).submit(() -> 7);
            if (round % 20 == 0) System.gc();
            assertThat(future.result()).isEqualTo(7);
        }
        awaitEndOf("passing");
    }

    @Test
    void resultsWithInputLeftKeepTheirExecutor() {
        Results<Integer> results = pool("mapping", 1)
                .map(
                        (Integer n) -> n,
                        IntStream.range(0, 10).boxed().toList(),
                        MapOptions.defaults().buffersize(1));
        List<Integer> got = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            System.gc();
            got.add(results.next());
        }
        assertThat(threadsOf("mapping_")).isEqualTo(1);
        results.forEachRemaining(got::add);
        assertThat(got).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        awaitEndOf("mapping");
        assertThat(results.hasNext()).isFalse();
    }

    @Test
    void resultsWhoseInputIsUsedUpHoldNoExecutor() {
        Results<Integer> results = pool("mapped", 1).map((Integer n) -> n, List.of(1, 2));
        awaitEndOf("mapped");
        assertThat(results.next() + results.next()).isEqualTo(3);
    }

    @Test
    void anExecutorThatIsHeldDoesNotEnd() {
        ThreadPoolExecutor pool = pool("held", 1);
        pool.submit(() -> 7);
        await().during(java.time.Duration.ofMillis(1500))
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> {
                    System.gc();
                    return threadsOf("held_") == 1;
                });
        pool.close();
        assertThatThrownBy(() -> pool.submit(() -> 7)).hasMessageContaining("after shutdown");
        awaitEndOf("held");
    }

    // ---- the call ----

    private static final class Function implements Task<Object> {
        private static final long serialVersionUID = 1;
        static final AtomicInteger RUN = new AtomicInteger();

        @Override
        public Object call() {
            return RUN.incrementAndGet();
        }
    }

    @Test
    void aCallThatHasEndedHoldsNeitherFunctionNorArgument() throws Exception {
        try (ThreadPoolExecutor pool = pool("ended", 1)) {
            AtomicReference<Function> function = new AtomicReference<>(new Function());
            WeakReference<Object> ofFunction = new WeakReference<>(function.get());
            Future<Object> first = pool.submit(function.getAndSet(null));
            awaitCollected(ofFunction);
            assertThat(first.isDone()).isTrue();

            AtomicReference<Object> argument = new AtomicReference<>(new Object());
            WeakReference<Object> ofArgument = new WeakReference<>(argument.get());
            Future<Integer> second = pool.submit((Object o) -> o.hashCode() & 1, argument.getAndSet(null));
            awaitCollected(ofArgument);
            assertThat(second.result()).isBetween(0, 1);
        }
    }

    @Test
    void aCancelledCallHoldsNothingWhileItIsInTheQueue() {
        CountDownLatch release = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = pool("queued", 1)) {
            pool.submit(() -> release.await(30, java.util.concurrent.TimeUnit.SECONDS));
            AtomicReference<Function> function = new AtomicReference<>(new Function());
            WeakReference<Object> ofFunction = new WeakReference<>(function.get());
            Future<Object> cancelled = pool.submit(function.getAndSet(null));
            cancelled.cancel();
            awaitCollected(ofFunction);
            release.countDown();
        }
    }

    @Test
    void nobodyHoldsAResultButItsFuture() throws Exception {
        try (ThreadPoolExecutor pool = pool("results", 1)) {
            List<WeakReference<Object>> references = submitAndDrop(pool);
            references.forEach(ThreadPoolGarbageTest::awaitCollected);
        }
    }

    /** The future and its result. */
    private static List<WeakReference<Object>> submitAndDrop(ThreadPoolExecutor pool) throws Exception {
        Future<Object> future = pool.submit((Task<Object>) Object::new);
        future.addDoneCallback(done -> {});
        return List.of(new WeakReference<>(future), new WeakReference<>(future.result()));
    }

    @Test
    void aCallbackIsHeldNoLongerThanItRuns() {
        try (ThreadPoolExecutor pool = pool("callbacks", 1)) {
            Future<Integer> future = pool.submit(() -> 7);
            AtomicReference<Object> captured = new AtomicReference<>(new Object());
            WeakReference<Object> ofCaptured = new WeakReference<>(captured.get());
            addCallback(future, captured.getAndSet(null));
            awaitCollected(ofCaptured);
            assertThat(future.isDone()).isTrue();
        }
    }

    private static void addCallback(Future<Integer> future, Object captured) {
        future.addDoneCallback(done -> assertThat(captured).isNotNull());
    }
}
