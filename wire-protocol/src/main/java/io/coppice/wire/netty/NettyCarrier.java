package io.coppice.wire.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Netty's event loop and channels. */
final class NettyCarrier implements Carrier {
    private final NettyTransport transport;
    private final ManualIoEventLoop loop;

    /** @param transport the name of one, or NETTY for the best there is */
    NettyCarrier(String transport, Thread owner, BooleanSupplier hasWork) {
        this(transport.equals("NETTY") ? NettyTransport.best() : NettyTransport.valueOf(transport), owner, hasWork);
    }

    NettyCarrier(NettyTransport transport, Thread owner, BooleanSupplier hasWork) {
        this.transport = transport;
        // Netty asks canBlock after it has armed wakeup(), so a wakeup that comes before the wait is never lost.
        loop = new ManualIoEventLoop(owner, transport.ioHandler()) {
            @Override
            protected boolean canBlock() {
                return super.canBlock() && !hasWork.getAsBoolean();
            }
        };
    }

    @Override
    public void step(long atMostNanos) {
        if (atMostNanos <= 0) loop.runNow();
        else loop.run(atMostNanos);
    }

    @Override
    public void wakeup() {
        loop.wakeup();
    }

    @Override
    public Server listen(Path socket, Door door) throws IOException {
        ServerChannel server = transport.newServer();
        Server opened = open(server, door);
        ChannelFuture bound = server.bind(transport.address(socket));
        if (bound.cause() != null) {
            server.close();
            throw new IOException(bound.cause());
        }
        return opened;
    }

    private Server open(ServerChannel server, Door door) {
        server.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                opened((Channel) accepted, door);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                door.failed(cause);
            }
        });
        register(loop, server).syncUninterruptibly();
        return new Server() {
            @Override
            public void accept(boolean accepts) {
                server.config().setAutoRead(accepts);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private void opened(Channel channel, Door door) {
        NettyLine line = new NettyLine(transport, channel);
        line.opened(door.opened(line));
        register(loop, channel);
    }

    // ---- from a carrier that had them before ----

    /** A bound socket of the JDK's. */
    Server adopt(ServerSocketChannel bound, Door door) {
        return open(new NioServerDomainSocketChannel(bound), door);
    }

    /** A connected socket of the JDK's. */
    Line adopt(SocketChannel connected, Line.Reader reader) {
        Channel channel = new NioDomainSocketChannel(connected);
        NettyLine line = new NettyLine(transport, channel);
        line.opened(reader);
        Throwable failure = register(loop, channel).cause(); // this is the loop's thread: it is done
        if (failure != null) throw new IllegalStateException("not taken over", failure);
        return line;
    }

    @SuppressWarnings("deprecation") // register: its successor is not on the interface that a manual loop has
    private static ChannelFuture register(IoEventLoop loop, Channel channel) {
        return loop.register(channel);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!loop.isTerminated()) loop.runNow();
    }
}
