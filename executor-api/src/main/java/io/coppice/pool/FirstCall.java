package io.coppice.pool;

import io.coppice.launch.WorkerLauncher;
import io.coppice.wire.netty.FirstFrames;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads what a first call takes, once in a JVM and on a thread of its own, while the program is still making its pool and
 * its call: how processes are started, then the frames. Starts nothing, and opens nothing.
 */
public final class FirstCall implements Runnable {
    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private FirstCall() {}

    /** Starts loading, if nobody has yet. Does not wait. */
    public static void loadAhead() {
        if (!LOADED.compareAndSet(false, true)) return;
        Thread thread = new Thread(null, new FirstCall(), "coppice-first-call", 256 << 10, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            // then everything is loaded when it is needed, as whatever fails below
        }
    }

    @Override
    public void run() {
        try {
            WorkerLauncher.loadAhead();
            FirstFrames.load();
        } catch (RuntimeException | Error later) {
            // whoever needs it will say what is wrong
        }
    }
}
