package io.coppice.worker;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The worker's end of the socket. The thread that runs calls reads it itself: no hand-off between reading and running.
 *
 * <p>Non-blocking with a selector, though one thread reads one channel: a blocking channel is closed for good by an
 * interrupt, and calls leave interrupts behind (a timer that fires late, a pool's shutdownNow). A selector only wakes.
 *
 * <p>Confined to the executing thread.
 */
final class ParentConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
    private final FrameEncoder encoder = new FrameEncoder(this::append);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private ParentConnection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    static ParentConnection open(Path socket) throws IOException {
        return new ParentConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Waits for the next frame; null at the end of the stream. */
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
            if (count == 0) await(SelectionKey.OP_READ);
        }
    }

    /** Adds a frame to what {@link #flush} sends; a full buffer goes out at once. */
    void write(Frame frame) throws IOException {
        encoder.encode(frame);
    }

    void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) if (channel.write(out) == 0) await(SelectionKey.OP_WRITE);
        out.clear();
    }

    private void append(byte[] bytes, int offset, int length, boolean given) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            if (!out.hasRemaining()) flush();
            int take = Math.min(out.remaining(), end - at);
            out.put(bytes, at, take);
            at += take;
        }
    }

    private void await(int operation) throws IOException {
        if (key.interestOps() != operation) key.interestOps(operation);
        selector.select();
        selector.selectedKeys().clear();
        // An interrupt meant for a call that is over ends the wait early, and would end every one after it.
        Thread.interrupted();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
