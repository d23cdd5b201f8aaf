package io.coppice.lifetime;

import java.util.concurrent.RejectedExecutionException;

/** Runs something when the JVM ends, until it is removed. */
public final class ExitHook {
    private final Thread hook;

    private ExitHook(Thread hook) {
        this.hook = hook;
    }

    /** @throws RejectedExecutionException if the JVM is ending already */
    public static ExitHook add(String threadName, Runnable atExit) {
        Thread hook = new Thread(null, atExit, threadName, 64 << 10);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            throw new RejectedExecutionException("cannot run new calls while the JVM is shutting down", ending);
        }
        return new ExitHook(hook);
    }

    public void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // then it runs, or has run
        }
    }
}
