package io.coppice.worker;

import io.coppice.wire.ByteSink;
import io.coppice.wire.Elements;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The worker's end of the socket, as frames. One thread at a time reads, one at a time writes; {@link ParentConnection}
 * sees to both.
 *
 * <p>Non-blocking with a selector for each direction: a blocking channel is closed for good by an interrupt, and calls
 * leave interrupts behind (a timer that fires late, a pool's shutdownNow). A selector only wakes.
 */
final class ParentSocket implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final SocketChannel channel;
    private final Selector readable;
    private @Nullable Selector writable; // made when a write first has to wait
    private boolean roomy; // the system takes a whole buffer, so that the parent reads while it is filled again
    private final FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
    private final FrameEncoder encoder = new FrameEncoder(new ByteSink() {
        @Override
        public void write(byte[] bytes, int offset, int length, boolean given) throws IOException {
            append(bytes, offset, length);
        }

        @Override
        public void write(Elements elements) throws IOException {
            append(elements);
        }
    });
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private boolean interrupted;
    private boolean interruptedInWrite; // since the last flush from outside
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private ParentSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        readable = Selector.open();
    }

    /** Not connected yet. */
    static ParentSocket open() throws IOException {
        return new ParentSocket(SocketChannel.open(StandardProtocolFamily.UNIX));
    }

    /** Once, before anything else. */
    void connect(Path path) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(path));
        channel.configureBlocking(false);
        channel.register(readable, SelectionKey.OP_READ);
    }

    /** A frame that has come in completely, or null. */
    @Nullable
    Frame poll() throws IOException {
        return decoder.next(in);
    }

    /**
     * Waits for the next frame; null at the end of the stream. Takes interrupts off the thread:
     * {@link #wasInterrupted}.
     */
    @Nullable
    Frame read() throws IOException {
        while (true) {
            Frame frame = decoder.next(in);
            if (frame != null) return frame;
            in.clear();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                decoder.end();
                return null;
            }
            if (count == 0) interrupted |= await(readable);
        }
    }

    /** Whether the thread that reads was interrupted in the wait since this was last asked. For that thread. */
    boolean wasInterrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /** Adds a frame to what {@link #flush} sends; a full buffer goes out at once. */
    void write(Frame frame) throws IOException {
        encoder.encode(frame);
    }

    /** Sends all that was written; takes interrupts off the thread. @return whether there was one */
    boolean flush() throws IOException {
        boolean interrupted = interruptedInWrite;
        interruptedInWrite = false;
        if (out.position() == 0) return interrupted;
        out.flip();
        while (out.hasRemaining()) if (channel.write(out) == 0) interrupted |= await(writable());
        out.clear();
        return interrupted;
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            if (!out.hasRemaining()) interruptedInWrite |= flush();
            int take = Math.min(out.remaining(), end - at);
            out.put(bytes, at, take);
            at += take;
        }
    }

    /** Element by element into the buffer, where whole ones fit. */
    private void append(Elements elements) throws IOException {
        if (!roomy) channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        roomy = true;
        for (int at = 0; at < elements.length; ) {
            int take = Math.min(out.remaining() / elements.kind.elementBytes, elements.length - at);
            elements.write(at, take, out);
            at += take;
            if (at < elements.length) interruptedInWrite |= flush();
        }
    }

    private Selector writable() throws IOException {
        Selector selector = writable;
        if (selector == null) {
            writable = selector = Selector.open();
            channel.register(selector, SelectionKey.OP_WRITE);
        }
        return selector;
    }

    private static boolean await(Selector selector) throws IOException {
        selector.select();
        selector.selectedKeys().clear();
        // An interrupt meant for a call that is over ends the wait early, and would end every one after it.
        return Thread.interrupted();
    }

    @Override
    public void close() throws IOException {
        readable.close();
        if (writable != null) writable.close();
        channel.close();
    }
}
