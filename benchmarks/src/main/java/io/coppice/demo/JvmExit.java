package io.coppice.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether this JVM is ending, as after Ctrl-C. The pool's workers are ended then, and what their calls say of it is not
 * worth telling somebody who has asked for just that.
 */
final class JvmExit {
    /** From the first sign of an exit to the exit hooks: both follow one signal, in any order. */
    private static final Duration TELLING = Duration.ofMillis(300);

    private static final CountDownLatch BEGUN = new CountDownLatch(1);

    private JvmExit() {}

    /** To be called first thing in main. */
    static void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(BEGUN::countDown, "coppice-demo-exit"));
    }

    /** Does not return if the JVM is ending, or starts to in a moment. */
    static void stopHereIfBegun() {
        try {
            if (BEGUN.await(TELLING.toNanos(), TimeUnit.NANOSECONDS)) new CountDownLatch(1).await();
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }
}
