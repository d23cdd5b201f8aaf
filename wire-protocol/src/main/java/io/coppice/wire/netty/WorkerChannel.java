package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One worker's connection: frames out, frames in. Frames are gathered until {@link #flush}, so that everything one step
 * of the loop has to say to a worker goes out in one write. Loop thread only.
 */
public final class WorkerChannel extends ChannelInboundHandlerAdapter {
    /** What comes in. Called on the loop's thread. */
    public interface Events {
        void received(Frame frame);

        /** The connection has ended; everything sent before was received. Called once, last. */
        void closed(@Nullable Throwable cause);
    }

    /** Payloads from here on are handed to the socket as they are instead of being copied together. */
    private static final int COPIED_UP_TO_BYTES = 8 << 10;

    private static final int FIRST_BUFFER_BYTES = 8 << 10;

    private final Channel channel;
    private final FrameEncoder encoder = new FrameEncoder(this::append);
    private final FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.HELLO);
    private Events events;
    private @Nullable ByteBuf gathered;
    private @Nullable Throwable failure;

    WorkerChannel(Channel channel, Events events) {
        this.channel = channel;
        this.events = events;
    }

    /** No stranger any more: from here on every frame of a worker is let through, to these events. */
    void admitted(Events events) {
        this.events = events;
        decoder.expectAny();
    }

    /** Gathers a frame; nothing is sent before {@link #flush}. Frames to a closed connection go nowhere. */
    public void send(Frame frame) {
        try {
            encoder.encode(frame);
        } catch (IOException impossible) {
            throw new AssertionError(impossible); // our own sink throws none
        }
    }

    /** Sends what was gathered. */
    public void flush() {
        ByteBuf buffer = gathered;
        gathered = null;
        if (buffer != null) channel.write(buffer, channel.voidPromise());
        channel.flush();
    }

    public void close() {
        channel.close();
    }

    private void append(byte[] bytes, int offset, int length, boolean given) {
        if (given && length > COPIED_UP_TO_BYTES) {
            if (gathered != null) channel.write(gathered, channel.voidPromise());
            gathered = null;
            channel.write(Unpooled.wrappedBuffer(bytes, offset, length), channel.voidPromise());
            return;
        }
        if (gathered == null) gathered = channel.alloc().directBuffer(FIRST_BUFFER_BYTES);
        gathered.writeBytes(bytes, offset, length);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            if (failure != null) return; // what follows a broken frame means nothing
            ByteBuffer bytes = buffer.nioBuffer();
            for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) events.received(frame);
        } catch (WireException broken) {
            fail(broken);
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (gathered != null) gathered.release();
        gathered = null;
        if (failure == null) {
            try {
                decoder.end();
            } catch (WireException truncated) {
                failure = truncated;
            }
        }
        events.closed(failure);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    /** Ends the connection because of what came over it; {@link Events#closed} tells why. */
    public void fail(Throwable cause) {
        if (failure == null) failure = cause;
        channel.close();
    }
}
