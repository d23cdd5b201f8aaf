package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The private socket a pool's workers connect to. Whoever connects is a stranger until it has shown a HELLO that
 * {@link Admission} takes in; a stranger is cut off without an answer. Loop thread only.
 */
public final class WorkerListener implements AutoCloseable {
    /** Decides who comes in. Called on the loop's thread. */
    public interface Admission {
        /** Who gets this connection's events from now on, or null to cut the stranger off. */
        WorkerChannel.@Nullable Events admit(Frame.Hello hello, WorkerChannel channel);

        /** A connection was cut off before it was admitted. */
        void turnedAway(String reason);
    }

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final ServerChannel server;

    @SuppressWarnings("deprecation") // register: its successor is not on the interface that a manual loop has
    WorkerListener(Transport transport, WireLoop owner, IoEventLoop loop, Path socket, Admission admission) {
        Path directory = Objects.requireNonNull(socket.getParent());
        server = transport.newServer();
        server.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                Channel channel = (Channel) accepted;
                new Stranger(transport, owner, channel, directory, admission);
                loop.register(channel);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                // No descriptors left, most likely: trying again at once would do nothing else.
                server.config().setAutoRead(false);
                owner.schedule(AFTER_A_FAILURE, () -> server.config().setAutoRead(true));
                admission.turnedAway("accepting a connection failed: " + cause);
            }
        });
        loop.register(server).syncUninterruptibly();
        ChannelFuture bound = server.bind(transport.address(socket));
        if (bound.cause() != null) {
            server.close();
            throw new UncheckedIOException(new IOException(
                    "private socket could not be bound: path=" + socket + " (" + bound.cause() + ")", bound.cause()));
        }
    }

    /** Stops listening. Admitted connections live on; strangers are cut off by their timers, or with the loop. */
    @Override
    public void close() {
        server.close();
    }
}
