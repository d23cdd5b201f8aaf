package io.coppice;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Interrupts a thread that waits far too long: its wake-up was lost. The harness would wait for it, in places for ever. */
final class Watchdog {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long IMPATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Set<Wait> WAITS = ConcurrentHashMap.newKeySet();

    static {
        Thread thread = new Thread(Watchdog::watch, "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private Watchdog() {}

    /** Of the thread that makes it, from now on. */
    static final class Wait {
        private final Thread thread = Thread.currentThread();
        private final long start = System.nanoTime();
        private volatile boolean interrupted;
    }

    static Wait begin() {
        Wait wait = new Wait();
        WAITS.add(wait);
        return wait;
    }

    static void end(Wait wait) {
        if (WAITS.remove(wait)) return;
        while (!wait.interrupted) Thread.onSpinWait(); // it was found too long
        Thread.interrupted();
    }

    private static void watch() {
        long patience = PATIENCE_NANOS;
        while (true) {
            LockSupport.parkNanos(patience / 20);
            for (Wait wait : WAITS) {
                if (System.nanoTime() - wait.start < patience || !WAITS.remove(wait)) continue;
                wait.thread.interrupt();
                wait.interrupted = true;
                patience = IMPATIENCE_NANOS; // the test has failed; there may be thousands more
            }
        }
    }
}
