package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads stdin, where the parent may ask for calls to be interrupted or given back. Waits for its end, which comes when
 * the parent is gone in whatever way, and halts the JVM: even while a call spins, and without shutdown hooks that could
 * hang. What calls have started it kills before: afterwards nobody would find it. A worker that leaves lets go of it first: the parent answers the goodbye by ending stdin, and the JVM, which at
 * its exit waits 300 ms for a thread that is in a read, need not.
 */
final class Lifeline implements Runnable {
    private static final long LETS_GO_WITHIN_MILLIS = 200;
    /** Where there is hardly any memory left, it may never end. */
    private static final long KILLS_WITHIN_MILLIS = 1_000;
    /** It also writes to the socket. */
    private static final int STACK_BYTES = 256 << 10;

    /** What the parent may ask for while the executing thread is busy. */
    interface Orders {
        void interrupt(long first, long last);

        void recall(long upTo, long from) throws IOException;

        void hurry(long turn);

        void condemn(long turn) throws IOException;
    }

    /** Here, and not looked up where it is needed: there may be no memory for that. */
    private static final Runtime JVM = Runtime.getRuntime();

    private final InputStream stdin;
    private final Thread thread;
    private volatile @Nullable Orders orders;
    private volatile boolean leaving;

    private Lifeline(InputStream stdin) {
        this.stdin = stdin;
        thread = new Thread(null, this, "coppice-lifeline", STACK_BYTES);
        thread.setDaemon(true);
    }

    static Lifeline watch(InputStream stdin) {
        loadWhatHaltingTakes();
        Lifeline lifeline = new Lifeline(stdin);
        lifeline.thread.start();
        return lifeline;
    }

    /** When the heap is full there is no memory to load a class, and the thread would end and nothing else. */
    private static void loadWhatHaltingTakes() {
        try {
            Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException anotherJdk) {
            // then it takes something else
        }
    }

    /** Who obeys; to be said before the parent may take this worker for ready. */
    void obeyedBy(Orders orders) {
        this.orders = orders;
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
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
        byte[] bytes = new byte[64];
        try {
            for (int count = stdin.read(bytes); count >= 0; count = stdin.read(bytes)) {
                ByteBuffer in = ByteBuffer.wrap(bytes, 0, count);
                for (Frame frame = decoder.next(in); frame != null; frame = decoder.next(in)) obey(frame);
            }
        } catch (IOException | RuntimeException | Error broken) { // as good as its end
            if (!leaving) System.err.println("coppice worker ends: its lifeline is broken, " + broken);
        } finally {
            if (!leaving) end();
        }
    }

    private static void end() {
        try {
            Thread killer = new Thread(null, Lifeline::killOffspring, "coppice-offspring", STACK_BYTES);
            killer.setDaemon(true);
            killer.start();
            killer.join(KILLS_WITHIN_MILLIS);
        } catch (Throwable noMemory) {
            // then what calls have started is left
        } finally {
            JVM.halt(WorkerMain.EXIT_NO_PARENT);
        }
    }

    private static void killOffspring() {
        try {
            Offspring.killOwn();
        } catch (Throwable noMemory) {
            // as above
        }
    }

    private void obey(Frame frame) throws IOException {
        Orders orders = this.orders;
        if (orders != null && frame instanceof Frame.Interrupt calls) orders.interrupt(calls.first(), calls.last());
        else if (orders != null && frame instanceof Frame.Recall calls) orders.recall(calls.upTo(), calls.from());
        else if (orders != null && frame instanceof Frame.Hurry item) orders.hurry(item.turn());
        else if (orders != null && frame instanceof Frame.Condemn item) orders.condemn(item.turn());
        else throw new WireException(WireException.Reason.UNEXPECTED_FRAME, "over stdin: type=" + frame.type());
    }
}
