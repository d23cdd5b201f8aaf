package io.coppice.worker;

import java.io.IOException;
import java.io.InputStream;

/**
 * Waits for the end of stdin, which comes when the parent is gone in whatever way, and halts the JVM: even while a call
 * spins, and without shutdown hooks that could hang. A worker that leaves lets go of it first: the parent answers the
 * goodbye by ending stdin, and the JVM, which at its exit waits 300 ms for a thread that is in a read, need not.
 */
final class Lifeline implements Runnable {
    private static final long LETS_GO_WITHIN_MILLIS = 200;

    private final InputStream stdin;
    private final Thread thread;
    private volatile boolean leaving;

    private Lifeline(InputStream stdin) {
        this.stdin = stdin;
        thread = new Thread(null, this, "coppice-lifeline", 64 << 10);
        thread.setDaemon(true);
    }

    static Lifeline watch(InputStream stdin) {
        Lifeline lifeline = new Lifeline(stdin);
        lifeline.thread.start();
        return lifeline;
    }

    /** The worker leaves; to be said before its goodbye. */
    void leaving() {
        leaving = true;
    }

    /** After the goodbye: waits a little for the parent to end stdin. */
    void awaitEnd() {
        try {
            thread.join(LETS_GO_WITHIN_MILLIS);
        } catch (InterruptedException endAtOnce) {
            // then the exit takes a little longer
        }
    }

    @Override
    public void run() {
        byte[] ignored = new byte[64];
        try {
            while (stdin.read(ignored) >= 0) {
                // nothing is said on this channel yet
            }
        } catch (IOException broken) {
            // as good as its end
        } finally {
            if (!leaving) Runtime.getRuntime().halt(WorkerMain.EXIT_NO_PARENT);
        }
    }
}
