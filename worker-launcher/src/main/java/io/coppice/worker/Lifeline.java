package io.coppice.worker;

import java.io.IOException;
import java.io.InputStream;

/**
 * Waits for the end of stdin, which comes when the parent is gone in whatever way, and halts the JVM: even while a call
 * spins, and without shutdown hooks that could hang.
 */
final class Lifeline implements Runnable {
    private final InputStream stdin;

    private Lifeline(InputStream stdin) {
        this.stdin = stdin;
    }

    static void watch(InputStream stdin) {
        Thread thread = new Thread(null, new Lifeline(stdin), "coppice-lifeline", 64 << 10);
        thread.setDaemon(true);
        thread.start();
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
            Runtime.getRuntime().halt(WorkerMain.EXIT_NO_PARENT);
        }
    }
}
