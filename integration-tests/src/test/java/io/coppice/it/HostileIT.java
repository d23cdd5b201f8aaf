package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.coppice.Action;
import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ProcessPoolExecutor;
import io.coppice.Promise;
import io.coppice.ThreadPoolExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What was found by trying to break it: user code in places where it hurts, and machines short of something. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class HostileIT {
    @TempDir
    Path temporary;

    /** A payload many times larger than all direct memory. */
    static final class LittleDirectMemory {
        public static void main(String[] args) throws Exception {
            byte[] large = new byte[100 << 20];
            large[large.length - 1] = 7;
            try (var pool = new ProcessPoolExecutor(1)) {
                byte[] back = pool.submit((byte[] b) -> b, large).result(Delays.LONG);
                System.out.println(back.length + " " + back[back.length - 1]);
            }
        }
    }

    @Test
    void aLargePayloadNeedsLittleDirectMemory() throws Exception {
        for (String transport : List.of("JDK", "EPOLL", "NIO")) {
            Program program = Program.start(
                    temporary,
                    List.of("-XX:MaxDirectMemorySize=16m", "-Dcoppice.transport=" + transport),
                    System.getProperty("java.class.path"),
                    LittleDirectMemory.class.getName());
            assertThat(program.exitCode()).as(() -> program.err().toString()).isZero();
            assertThat(program.out()).containsExactly((100 << 20) + " 7");
        }
    }

    @Test
    void callbacksMayAllCloseThePool() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        try (var pool = new ProcessPoolExecutor(2)) {
            for (int i = 0; i < 8; i++) futures.add(pool.submit(Calls::increment, i));
            for (Future<Integer> each : futures)
                each.addDoneCallback(done -> {
                    pool.close();
                    closed.incrementAndGet();
                });
        }
        assertThat(closed.get()).isEqualTo(8);
    }

    private static final CountDownLatch MESSAGE = new CountDownLatch(1);

    /** Its message blocks where it is asked in the parent, until {@link #MESSAGE} is open. */
    static final class BlockingMessage extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final long thrownIn = Calls.pid();

        @Override
        public String getMessage() {
            try {
                if (Calls.pid() != thrownIn) MESSAGE.await();
            } catch (InterruptedException interrupted) {
                return "interrupted";
            }
            return "told";
        }
    }

    @Test
    @Tag("long") // it has 5 s to be read
    void anInitializersExceptionWhoseMessageBlocksDoesNotBlockThePool() {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(() -> {
                    throw new BlockingMessage();
                })
                .build()) {
            assertThat(catchThrowable(pool.submit(Calls::pid)::result))
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("initializer failed in a worker")
                    .hasMessageContaining("could not be read");
            MESSAGE.countDown();
        }
    }

    /** A new cause each time it is asked. */
    static final class EndlessCauses extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndlessCauses() {
            super("endless");
        }

        @Override
        public synchronized Throwable getCause() {
            return new EndlessCauses();
        }
    }

    @Test
    void anExceptionWithoutEndIsDelivered() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(catchThrowable(pool.submit(() -> {
                        throw new EndlessCauses();
                    })::result))
                    .hasMessage("endless");
        }
    }

    static final class Both implements Callable<String>, Runnable, java.io.Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public String call() {
            return "called";
        }

        @Override
        public void run() {
            throw new IllegalStateException("run");
        }
    }

    @Test
    void anObjectThatIsAFunctionInTwoWaysRunsAsTheOneItWasSubmittedAs() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            Both both = new Both();
            for (int i = 0; i < 2; i++) {
                assertThat(pool.submit((Callable<String>) both).result()).isEqualTo("called");
                assertThat(catchThrowable(pool.submit((Runnable) both)::result)).hasMessage("run");
            }
        }
    }

    @Test
    void whatTheInputThrowsIsNotTakenForAnItem() {
        Iterable<Integer> failing = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                throw new IllegalArgumentException("the input itself");
            }
        };
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.map(Calls::increment, failing)).hasMessage("the input itself");
        }
    }

    @Test
    void aFutureEndedByTheUserHarmsNoOther() throws Exception {
        Latch release = Latch.in(temporary, "release");
        Latch started = Latch.in(temporary, "started");
        try (var pool = new ProcessPoolExecutor(1)) {
            Future<Long> running = pool.submit(Calls::pidWhen, started, release);
            started.await();
            Future<Integer> meddledWith = pool.submit(Calls::increment, 1);
            ((Promise<Integer>) meddledWith).setResult(77);
            release.open();
            assertThat(running.result()).isPositive();
            assertThat(pool.submit(Calls::increment, 1).result()).isEqualTo(2);
            assertThat(meddledWith.result()).isEqualTo(77);
        }
    }

    @Test
    @Tag("long") // it has 20 s for its shutdown hooks
    void anIdleWorkerThatDoesNotLeaveHarmsNoCallElsewhere() throws Exception {
        Latch release = Latch.in(temporary, "release");
        Latch started = Latch.in(temporary, "started");
        Latch other = Latch.in(temporary, "other");
        Latch otherRelease = Latch.in(temporary, "other-release");
        try (var pool = new ProcessPoolExecutor(2)) {
            Future<Long> running = pool.submit(Calls::pidWhen, started, release);
            Future<Long> idleSoon = pool.submit(Calls::pidWhen, other, otherRelease);
            started.await();
            other.await();
            otherRelease.open();
            long idle = idleSoon.result();
            new ProcessBuilder("kill", "-STOP", Long.toString(idle)).start().waitFor();
            pool.shutdown();
            await().atMost(Delays.LONG.multipliedBy(2))
                    .until(
                            () -> ProcessHandle.of(idle)
                                    .map(ProcessHandle::isAlive)
                                    .orElse(false),
                            alive -> !alive);
            release.open();
            assertThat(running.result()).isPositive();
        }
    }

    @Test
    void aPoolBrokenUnderManyCallsEndsEachAndMakesItsMessageWhenAsked() throws Exception {
        Latch started = Latch.in(temporary, "started");
        Latch release = Latch.in(temporary, "release");
        List<Future<Integer>> pending = new ArrayList<>();
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(Calls::pidWhen, started, release);
            for (int i = 0; i < 200_000; i++) pending.add(pool.submit(Calls::increment, i));
            started.await();
            ProcessHandle.of(Long.parseLong(started.words().get(0)))
                    .orElseThrow()
                    .destroyForcibly();
            assertThat(Futures.wait(pending, Delays.LONG).notDone()).isEmpty();
        }
        assertThat(pending.get(199_999).exception())
                .isInstanceOf(BrokenProcessPool.class)
                .hasMessageContaining("call=200001")
                .isNotSameAs(pending.get(199_998).exception());
    }

    @Test
    void whatShutdownNowGivesBackMayBeRunByItsReceiver() throws Exception {
        Latch release = Latch.in(temporary, "release");
        Latch started = Latch.in(temporary, "started");
        var threads = new ThreadPoolExecutor(1);
        threads.submit(Calls::pidWhen, started, release);
        started.await();
        Latch ran = Latch.in(temporary, "ran");
        Action action = ran::open;
        Future<?> waiting = threads.submit(action);
        List<Runnable> neverStarted = threads.shutdownNow();
        assertThat(neverStarted).hasSize(1);
        assertThat(waiting.isCancelled()).isTrue();
        neverStarted.get(0).run();
        assertThat(ran.isOpen()).isTrue();
        release.open();
        assertThat(threads.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void extremeTimesWaitAsLongAsTheySay() throws Exception {
        Promise<Integer> pending = new Promise<>();
        Duration never = Duration.ofSeconds(Long.MAX_VALUE);
        Duration past = Duration.ofSeconds(Long.MIN_VALUE);
        assertThat(Futures.wait(List.of(pending), past).notDone()).containsExactly(pending);
        assertThatThrownBy(() -> pending.result(past)).isInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThatThrownBy(() -> pending.get(Long.MIN_VALUE, TimeUnit.DAYS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        pending.setResult(1);
        assertThat(pending.result(never)).isEqualTo(1);
        assertThat(Futures.wait(List.of(pending), never).done()).containsExactly(pending);
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.awaitTermination(Delays.SHORT.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            assertThat(pool.awaitTermination(Long.MIN_VALUE, TimeUnit.DAYS)).isFalse();
        }
    }
}
