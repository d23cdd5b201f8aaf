package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import sun.misc.Signal;

/**
 * A worker's main: reads its birth certificate from stdin, connects, shows the token, and runs calls until it is told
 * to leave. Started by WorkerProcess only.
 */
public final class WorkerMain {
    /** The parent is gone, or never was one. */
    static final int EXIT_NO_PARENT = 101;
    /** The parent did not take this worker in. */
    static final int EXIT_REFUSED = 102;

    private WorkerMain() {}

    public static void main(String[] args) {
        InputStream stdin = System.in;
        System.setIn(InputStream.nullInputStream()); // stdin is the lifeline, not the user's
        leaveSignalsToTheParent();
        try {
            Frame.Birth birth = readBirthCertificate(stdin);
            Lifeline lifeline = Lifeline.watch(stdin);
            Supplies supplies = new Supplies();
            WorkerClasses classes = new WorkerClasses(supplies);
            ParentSocket socket = ParentSocket.open(Path.of(birth.socketPath()));
            try (ParentConnection parent = new ParentConnection(socket, supplies)) {
                classes.connected(parent);
                CallLoop loop = new CallLoop(parent, classes);
                lifeline.obeyedBy(loop);
                loop.run(birth.token());
                lifeline.leaving();
                parent.write(new Frame.Goodbye());
                parent.flush();
            }
            lifeline.awaitEnd();
        } catch (IOException lost) {
            System.err.println(
                    "coppice worker ends: pid=" + ProcessHandle.current().pid() + ", " + lost.getMessage());
            Runtime.getRuntime().halt(EXIT_REFUSED);
        }
        System.exit(0); // whatever threads the calls have left running
    }

    private static Frame.Birth readBirthCertificate(InputStream stdin) throws IOException {
        FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.BIRTH);
        byte[] one = new byte[1]; // a byte at a time: what follows is the lifeline's
        while (stdin.read(one) > 0) {
            Frame frame = decoder.next(ByteBuffer.wrap(one));
            if (frame != null) return (Frame.Birth) frame;
        }
        Runtime.getRuntime().halt(EXIT_NO_PARENT);
        throw new AssertionError();
    }

    /** Ctrl-C reaches the whole process group: what it means for a worker, its parent decides. */
    private static void leaveSignalsToTheParent() {
        for (String name : new String[] {"INT", "HUP"}) {
            try {
                // A handler, not SIG_IGN: that would be inherited by processes a call starts.
                Signal.handle(new Signal(name), signal -> {});
            } catch (IllegalArgumentException notHere) {
                // -Xrs, or a system without this signal
            }
        }
    }
}
