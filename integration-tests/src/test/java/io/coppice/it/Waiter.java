package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A thread that waits for something, and can be interrupted in it. */
final class Waiter {
    final Thread thread;
    private volatile @Nullable Throwable thrown;
    volatile boolean interruptedAtItsEnd;

    Waiter(Callable<?> waiting) {
        thread = new Thread(() -> {
            try {
                waiting.call();
            } catch (Throwable failure) {
                thrown = failure;
            }
            interruptedAtItsEnd = Thread.currentThread().isInterrupted();
        });
        thread.start();
    }

    void interrupt() {
        await().atMost(Delays.LONG)
                .until(() ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
    }

    @Nullable
    Throwable end() throws InterruptedException {
        thread.join(Delays.LONG.toMillis());
        assertThat(thread.isAlive()).isFalse();
        return thrown;
    }

    @Nullable
    Throwable interrupted() throws InterruptedException {
        interrupt();
        return end();
    }
}
