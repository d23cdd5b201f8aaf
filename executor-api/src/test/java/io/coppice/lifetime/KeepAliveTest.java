package io.coppice.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** There is a thread that is no daemon exactly while there is work, give or take the linger. */
@Timeout(60)
class KeepAliveTest {
    private final AtomicInteger work = new AtomicInteger();
    private final KeepAlive keepAlive = new KeepAlive("keep-alive-test", () -> work.get() > 0);

    private static boolean isHeld() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("keep-alive-test") && !thread.isDaemon());
    }

    private static void awaitHeld(boolean held) {
        while (isHeld() != held) Thread.onSpinWait();
    }

    private void begin() {
        work.incrementAndGet();
        keepAlive.hold();
    }

    private void end() {
        if (work.decrementAndGet() == 0) keepAlive.idle();
    }

    @Test
    void theThreadComesWithWorkAndGoesWithoutIt() {
        assertThat(isHeld()).isFalse();
        for (int i = 0; i < 3; i++) {
            begin();
            assertThat(isHeld()).isTrue();
            end();
            awaitHeld(false);
        }
    }

    @Test
    void workThatComesAfterTheEndIsHeldToo() {
        begin();
        work.decrementAndGet();
        keepAlive.end();
        awaitHeld(false);
        for (int i = 0; i < 3; i++) {
            begin();
            assertThat(isHeld()).isTrue();
            end();
            awaitHeld(false);
        }
    }

    @Test
    void workIsNeverWithoutTheThread() throws Exception {
        AtomicInteger missing = new AtomicInteger();
        Thread[] workers = new Thread[2];
        for (int t = 0; t < workers.length; t++) {
            workers[t] = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    begin();
                    if (!isHeld()) missing.incrementAndGet();
                    end();
                    // now and then for longer than the linger, so that the thread really goes
                    if (i % 50 == 0)
                        for (long s = System.nanoTime(); System.nanoTime() - s < 25_000_000; ) Thread.onSpinWait();
                }
            });
            workers[t].start();
        }
        for (Thread worker : workers) worker.join();
        assertThat(missing.get()).isZero();
        awaitHeld(false);
    }
}
