package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ProcessPoolExecutor;
import io.coppice.it.Saboteur.Deed;
import java.io.InvalidObjectException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes and unreadable values where they once hung CPython: while the pool shuts down, or is full. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class CrashDuringShutdownIT {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("D13")
    void shutdownReturnsWhenACallCrashesDuringIt(boolean cancelFutures) throws Exception {
        Latch started = Latch.in(temporary, "started");
        Latch shuttingDown = Latch.in(temporary, "shutting-down");
        var pool = new ProcessPoolExecutor(1);
        Future<Integer> dying = pool.submit(() -> {
            started.open();
            shuttingDown.await();
            return Calls.halt(7);
        });
        Future<Integer> pending = pool.submit(Calls::increment, 1);
        started.await();
        Thread crashes = new Thread(() -> {
            while (!pool.isShutdown()) Thread.onSpinWait();
            if (cancelFutures) Futures.asCompleted(List.of(pending)).forEach(cancelled -> {});
            shuttingDown.open();
        });
        crashes.start();
        pool.shutdown(true, cancelFutures);
        crashes.join();

        assertThat(pool.isTerminated()).isTrue();
        assertThat(catchThrowable(dying::result))
                .isInstanceOf(BrokenProcessPool.class)
                .hasMessageContaining("exit=7,");
        assertThat(catchThrowable(pending::result))
                .isInstanceOf(cancelFutures ? CancellationException.class : BrokenProcessPool.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("D14")
    void aValueThatFailsDoesNotHoldUpAShutdownThatDoesNotWait(boolean cancelFutures) throws Exception {
        Latch started = Latch.in(temporary, "started");
        Latch release = Latch.in(temporary, "release");
        var pool = new ProcessPoolExecutor(1);
        assertThatThrownBy(() -> pool.submit(Calls::echo, Saboteur.whenWritten(Deed.EXCEPTION)))
                .isInstanceOf(IllegalArgumentException.class);
        Future<Long> running = pool.submit(Calls::pidWhen, started, release);
        Future<Saboteur> unreadable = pool.submit(Calls::echo, Saboteur.whenRead(Deed.EXCEPTION));
        started.await();
        pool.shutdown(false, cancelFutures);
        release.open();
        assertThat(pool.awaitTermination(Delays.LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(running.result()).isPositive();
        assertThat(catchThrowable(unreadable::result))
                .isInstanceOf(cancelFutures ? CancellationException.class : InvalidObjectException.class);
    }

    /**
     * The dispatcher's thread cannot be stalled from outside, as it runs nothing of the user's; a worker that reads nothing,
     * with a large call half written to it, is what comes nearest.
     */
    @Test
    @Tag("D16")
    void submitNeverWaitsForAWorkerThatReadsNothing() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long worker = pool.submit(Calls::pid).result();
            signal("STOP", worker);
            List<Future<Integer>> futures = new ArrayList<>();
            try {
                futures.add(pool.submit((byte[] bytes) -> bytes.length, new byte[16 << 20]));
                for (int i = 0; i < 100_000; i++) futures.add(pool.submit(Calls::increment, i));
                assertThat(futures.stream().filter(Future::isDone)).isEmpty();
            } finally {
                signal("CONT", worker);
            }
            assertThat(Futures.wait(futures, Delays.LONG).notDone()).isEmpty();
            assertThat(futures.get(100_000).result()).isEqualTo(100_000);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
