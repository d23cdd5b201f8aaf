package io.coppice.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of a worker's stdout or stderr that is read. A read of the stream that Process gives cannot be ended from
 * outside: a process that a call has started, and that holds the pipe, would keep the reader for as long as it lives. So
 * the pipe is opened once more, where the system shows a process's descriptors as files, as a channel, which can be
 * closed during a read: docs/decisions/0022-worker-output.md.
 */
final class OutputPipe {
    /** How one without a name is shown. */
    private static final String PIPE = "pipe:";

    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

    private final InputStream in;
    private final @Nullable FileChannel channel; // null: a read ends when it ends

    private OutputPipe(InputStream in, @Nullable FileChannel channel) {
        this.in = in;
        this.channel = channel;
    }

    /** @param descriptor 1 or 2 */
    static OutputPipe of(Process process, int descriptor) {
        InputStream given = descriptor == 1 ? process.getInputStream() : process.getErrorStream();
        Path end = Path.of("/proc/" + process.pid() + "/fd/" + descriptor);
        try {
            Path before = Files.readSymbolicLink(end);
            if (!isHeldHere(before)) return new OutputPipe(given, null); // a script that sends it elsewhere
            FileInputStream again = new FileInputStream(end.toFile());
            OutputPipe pipe = new OutputPipe(again, again.getChannel());
            // So it was its descriptor, no later process's.
            if (process.isAlive() && before.equals(Files.readSymbolicLink(end))) {
                closeQuietly(given); // it would take what is left in the pipe when the process exits
                return pipe;
            }
            pipe.close();
        } catch (IOException notShown) {
            // another system, or it has exited already
        }
        return new OutputPipe(given, null);
    }

    /** Whether the other end of it is this process's, which made it. */
    private static boolean isHeldHere(Path link) {
        if (!link.toString().startsWith(PIPE)) return false;
        String[] descriptors = OWN_DESCRIPTORS.toFile().list();
        if (descriptors == null) return false;
        for (String each : descriptors) if (link.equals(linkOf(OWN_DESCRIPTORS.resolve(each)))) return true;
        return false;
    }

    private static @Nullable Path linkOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closed) {
            return null;
        }
    }

    /** As of an InputStream. */
    int read(byte[] into, int from) throws IOException {
        if (channel == null) return in.read(into, from, into.length - from);
        try {
            return channel.read(ByteBuffer.wrap(into, from, into.length - from));
        } catch (OutOfMemoryError noDirectMemory) {
            return in.read(into, from, into.length - from);
        }
    }

    /** Whether a read that waits can be ended. */
    boolean canBeClosed() {
        return channel != null;
    }

    /** Whether nothing is in it now. */
    boolean isEmpty() {
        try {
            return in.available() == 0;
        } catch (IOException closed) {
            return true;
        }
    }

    /** Ends a read that waits, but for one that has got something. */
    void close() {
        closeQuietly(in);
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException closed) {
            // that is what was wanted
        }
    }
}
