package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads stdin, where the parent may ask for a call to be interrupted. Waits for its end, which comes when the parent
 * is gone in whatever way, and halts the JVM: even while a call spins, and without shutdown hooks that could hang. A
 * worker that leaves lets go of it first: the parent answers the goodbye by ending stdin, and the JVM, which at its
 * exit waits 300 ms for a thread that is in a read, need not.
 */
final class Lifeline implements Runnable {
    private static final long LETS_GO_WITHIN_MILLIS = 200;

    private final InputStream stdin;
    private final CallInterrupt interrupt;
    private final Thread thread;
    private volatile boolean leaving;

    private Lifeline(InputStream stdin, CallInterrupt interrupt) {
        this.stdin = stdin;
        this.interrupt = interrupt;
        thread = new Thread(null, this, "coppice-lifeline", 64 << 10);
        thread.setDaemon(true);
    }

    static Lifeline watch(InputStream stdin, CallInterrupt interrupt) {
        Lifeline lifeline = new Lifeline(stdin, interrupt);
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
        FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.INTERRUPT); // and nothing else, ever
        byte[] bytes = new byte[64];
        try {
            for (int count = stdin.read(bytes); count >= 0; count = stdin.read(bytes)) {
                ByteBuffer in = ByteBuffer.wrap(bytes, 0, count);
                for (Frame frame = decoder.next(in); frame != null; frame = decoder.next(in))
                    interrupt.interrupt(frame.id());
            }
        } catch (IOException broken) {
            // as good as its end
        } finally {
            if (!leaving) Runtime.getRuntime().halt(WorkerMain.EXIT_NO_PARENT);
        }
    }
}
