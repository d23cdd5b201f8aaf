package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.Future;
import io.coppice.MapOptions;
import io.coppice.Results;
import io.coppice.ThreadPoolExecutor;
import io.coppice.UncheckedTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The threads of a thread pool: how many there are, their names, their end. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ThreadPoolRowsTest {
    private static final String PREFIX = "ThreadPoolExecutor-rows";

    private final CountDownLatch release = new CountDownLatch(1);

    private static ThreadPoolExecutor pool(int maxWorkers) {
        return ThreadPoolExecutor.builder()
                .maxWorkers(maxWorkers)
                .threadNamePrefix(PREFIX)
                .build();
    }

    private static Set<Thread> threads() {
        Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
        ours.removeIf(thread -> !thread.getName().startsWith(PREFIX + "_"));
        return ours;
    }

    private static void awaitNoThreads() {
        await().atMost(Delays.LONG).until(() -> threads().isEmpty());
    }

    /** Submits calls that wait for {@link #release}; returns when so many run. */
    private List<Future<String>> block(ThreadPoolExecutor pool, int calls, int running) {
        List<Future<String>> futures = new ArrayList<>();
        CountDownLatch run = new CountDownLatch(running);
        for (int i = 0; i < calls; i++) {
            futures.add(pool.submit(() -> {
                run.countDown();
                release.await();
                return Thread.currentThread().getName();
            }));
        }
        try {
            assertThat(run.await(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return futures;
    }

    private static Set<String> results(List<Future<String>> futures) throws Exception {
        Set<String> results = new HashSet<>();
        for (Future<String> each : futures) results.add(each.result());
        return results;
    }

    // ---- how many ----

    @Test
    @Tag("T02")
    @Tag("T03")
    void noMoreThreadsStartThanThereMayBe() throws Exception {
        try (var pool = pool(4)) {
            List<Future<String>> futures = block(pool, 15 * 4, 4);
            assertThat(threads()).hasSize(4);
            release.countDown();
            assertThat(results(futures)).hasSize(4);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        CountDownLatch all = new CountDownLatch(processors);
        try (var pool = ThreadPoolExecutor.builder().threadNamePrefix(PREFIX).build()) {
            for (int i = 0; i < 2 * processors; i++) {
                pool.submit(() -> {
                    all.countDown();
                    all.await();
                    return 1;
                });
            }
            all.await();
            assertThat(threads()).hasSize(processors);
        }
    }

    @Test
    @Tag("T04")
    void anIdleThreadIsUsedAgain() throws Exception {
        try (var pool = pool(4)) {
            Set<Thread> used = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                Thread thread = pool.submit(Thread::currentThread).result();
                used.add(thread);
                // A call's result can be read a little before its thread is idle.
                await().atMost(Delays.LONG)
                        .until(thread::getState, state -> state.name().endsWith("WAITING"));
            }
            assertThat(used).hasSize(1);
            assertThat(threads()).isEqualTo(used);
        }
    }

    @Test
    @Tag("T04")
    void callsOneAfterTheOtherNeedOneThread() throws Exception {
        for (int round = 0; round < 20; round++) {
            Set<Thread> used = new HashSet<>();
            try (var pool = pool(4)) {
                for (int i = 0; i < 3; i++)
                    used.add(pool.submit(Thread::currentThread).result());
            }
            assertThat(used).hasSize(1);
        }
    }

    // ---- their end ----

    @Test
    @Tag("S08")
    @Tag("S09")
    void closeEndsTheThreadsAfterTheirCalls() throws Exception {
        List<Future<String>> futures;
        Set<Thread> running;
        try (var pool = pool(5)) {
            futures = block(pool, 3, 3);
            running = threads();
            assertThat(running).hasSize(3);
            release.countDown();
        }
        for (Thread thread : running) thread.join(Delays.LONG.toMillis());
        assertThat(running).noneMatch(Thread::isAlive);
        assertThat(results(futures)).hasSize(3);
    }

    @Test
    @Tag("S11")
    void threadsEndAfterAShutdownThatDoesNotWaitAndAllCallsRun() throws Exception {
        var pool = pool(2);
        List<Future<String>> futures = block(pool, 6, 2);
        pool.shutdown(false);
        assertThat(threads()).hasSize(2);
        release.countDown();
        assertThat(results(futures)).hasSize(2);
        awaitNoThreads();
    }

    @Test
    void aCallMayShutItsOwnPoolDown() throws Exception {
        var pool = pool(2);
        List<Future<Boolean>> closing = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            closing.add(pool.submit(() -> {
                release.await();
                pool.close();
                return pool.isShutdown();
            }));
        }
        release.countDown();
        for (Future<Boolean> each : closing) assertThat(each.result()).isTrue();
        awaitNoThreads();
    }

    // ---- their names ----

    @Test
    @Tag("S12")
    @Tag("S13")
    void threadsAreNamedAndNumbered() throws Exception {
        try (var named = ThreadPoolExecutor.builder()
                        .maxWorkers(5)
                        .threadNamePrefix("SpecialPool")
                        .build();
                var unnamed = new ThreadPoolExecutor(5)) {
            List<Future<String>> special = block(named, 5, 5);
            List<Future<String>> ordinary = block(unnamed, 5, 5);
            release.countDown();
            assertThat(results(special))
                    .containsExactlyInAnyOrder(
                            "SpecialPool_0", "SpecialPool_1", "SpecialPool_2", "SpecialPool_3", "SpecialPool_4");
            assertThat(results(ordinary)).hasSize(5).allMatch(name -> name.matches("ThreadPoolExecutor-\\d+_[0-4]"));
        }
    }

    // ---- map ----

    @Test
    @Tag("T01")
    void mapRunsAllOfItsInputWithoutBeingAskedForResults() {
        AtomicInteger sum = new AtomicInteger();
        try (var pool = pool(2)) {
            pool.map((Integer n) -> sum.addAndGet(n), List.of(1, 10, 100, 1000));
        }
        assertThat(sum.get()).isEqualTo(1111);
    }

    @Test
    @Tag("T07")
    void aMapThatIsTooLateCancelsTheCallItWaitsForAndThoseBehindIt() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (var pool = pool(1)) {
            Future<String> occupying = block(pool, 1, 1).get(0);
            Results<Integer> results = pool.map(
                    (Integer n) -> ran.incrementAndGet(),
                    List.of(1, 2),
                    MapOptions.defaults().timeout(Delays.SHORT));
            assertThatThrownBy(results::next).isInstanceOf(UncheckedTimeoutException.class);
            assertThat(results.hasNext()).isFalse();
            release.countDown();
            assertThat(occupying.result()).startsWith(PREFIX);
        }
        assertThat(ran.get()).isZero();
    }
}
