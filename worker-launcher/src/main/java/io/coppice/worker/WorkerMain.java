package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A worker's main: reads its birth certificate from stdin, connects, shows the token, and runs calls until it is told
 * to leave. Started by WorkerProcess only.
 */
public final class WorkerMain {
    /** The parent is gone, or never was one. */
    static final int EXIT_NO_PARENT = 101;
    /** The parent did not take this worker in. */
    static final int EXIT_REFUSED = 102;

    private static final SignalHandler IGNORE = new SignalHandler() { // a lambda takes milliseconds to make
                @Override
                public void handle(Signal signal) {}
            };

    /** Whether a core is to hold what it holds in any JVM. */
    public static final String WHOLE_CORES = "coppice.wholeCores";

    private WorkerMain() {}

    /** Given its folder. */
    public static void main(String[] args) {
        InputStream stdin = ownStdin();
        ExitWitness witness = ExitWitness.post(args[0]);
        try {
            ParentSocket socket = ParentSocket.open(); // takes a while, and the certificate may not be there yet
            Frame.Birth birth = readBirthCertificate(stdin);
            Lifeline lifeline = Lifeline.watch(stdin);
            FlightRecorder flight = new FlightRecorder(Path.of(args[0]));
            work(socket, birth, lifeline, flight);
            lifeline.awaitEnd();
        } catch (IOException lost) {
            System.err.println(
                    "coppice worker ends: pid=" + ProcessHandle.current().pid() + ", " + lost.getMessage());
            Runtime.getRuntime().halt(EXIT_REFUSED);
        }
        witness.leaving();
        System.exit(0); // whatever threads the calls have left running
    }

    /** Makes this JVM a worker's; gives what was stdin: it is the lifeline, not the user's. */
    static InputStream ownStdin() {
        InputStream stdin = System.in;
        System.setIn(InputStream.nullInputStream());
        leaveSignalsToTheParent();
        leaveMemoryOutOfCores();
        knowTheSelectors();
        return stdin;
    }

    /** From the connection to the goodbye. */
    static void work(ParentSocket socket, Frame.Birth birth, Lifeline lifeline, FlightRecorder flight)
            throws IOException {
        Supplies supplies = new Supplies();
        WorkerClasses classes = new WorkerClasses(supplies);
        try (ParentConnection parent = new ParentConnection(socket, supplies)) {
            socket.connect(Path.of(birth.socketPath()));
            classes.connected(parent);
            CallLoop loop = new CallLoop(parent, classes, flight);
            lifeline.obeyedBy(loop);
            loop.run(birth.token());
            lifeline.leaving();
            parent.write(new Frame.Goodbye());
            parent.flush();
        }
    }

    static Frame.Birth readBirthCertificate(InputStream stdin) throws IOException {
        FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.BIRTH);
        byte[] one = new byte[1]; // a byte at a time: what follows is the lifeline's
        while (stdin.read(one) > 0) {
            Frame frame = decoder.next(ByteBuffer.wrap(one));
            if (frame != null) return (Frame.Birth) frame;
        }
        Runtime.getRuntime().halt(EXIT_NO_PARENT);
        throw new AssertionError();
    }

    /**
     * The JDK looks for another provider of selectors in every jar of the class path, and opens each for it; a property
     * that names one spares it that. It is the JDK's own, as without this.
     */
    private static void knowTheSelectors() {
        String property = "java.nio.channels.spi.SelectorProvider";
        if (System.getProperty(property) != null
                || !System.getProperty("os.name").equals("Linux")) return;
        try {
            System.setProperty(property, "sun.nio.ch.EPollSelectorProvider");
            SelectorProvider.provider();
        } catch (java.util.ServiceConfigurationError notThisJdk) {
            // then it looks
        } finally {
            System.clearProperty(property);
        }
    }

    /**
     * The core of a large heap takes a crash many seconds to write. Here, as the JVM has just added to it what it thinks
     * right. What calls start inherits it.
     */
    private static void leaveMemoryOutOfCores() {
        if (System.getProperty(WHOLE_CORES) != null) return;
        try (FileOutputStream filter = new FileOutputStream("/proc/self/coredump_filter")) {
            filter.write('0');
        } catch (IOException notLinux) {
            // then a core is as large as it is
        }
    }

    /** Ctrl-C reaches the whole process group: what it means for a worker, its parent decides. */
    private static void leaveSignalsToTheParent() {
        for (String name : new String[] {"INT", "HUP"}) {
            try {
                // A handler, not SIG_IGN: that would be inherited by processes a call starts.
                Signal.handle(new Signal(name), IGNORE);
            } catch (IllegalArgumentException notHere) {
                // -Xrs, or a system without this signal
            }
        }
    }
}
