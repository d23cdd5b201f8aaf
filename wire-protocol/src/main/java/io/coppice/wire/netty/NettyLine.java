package io.coppice.wire.netty;

import io.coppice.wire.Elements;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection on one of Netty's channels. */
final class NettyLine extends ChannelInboundHandlerAdapter implements Line {
    private static final int LARGEST_READ_BYTES = 256 << 10;

    private final NettyTransport transport;
    private final Channel channel;
    private final Outgoing outgoing;
    private @Nullable Reader reader;

    NettyLine(NettyTransport transport, Channel channel) {
        this.transport = transport;
        this.channel = channel;
        outgoing = new Outgoing(channel, cause -> reader().unsent(cause));
        // As large as what has come before lets expect.
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(64, 2048, LARGEST_READ_BYTES));
        channel.config().setAutoClose(false); // a failed write must not close what is still to be read
        channel.pipeline().addLast(this);
    }

    void opened(Reader reader) {
        this.reader = reader;
    }

    private Reader reader() {
        return Objects.requireNonNull(reader, "not opened");
    }

    @Override
    public void write(byte[] bytes, int offset, int length, boolean given) {
        outgoing.write(bytes, offset, length, given);
    }

    @Override
    public void write(Elements elements) {
        outgoing.write(elements);
    }

    @Override
    public void send() {
        outgoing.send();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public boolean isPeerOwnerOf(Path directory) throws IOException {
        return transport.isPeerOwnerOf(directory, channel);
    }

    // ---- from Netty ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            reader().read(buffer.nioBuffer());
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) outgoing.send();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        outgoing.release();
        reader().ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reader().failed(cause);
    }
}
