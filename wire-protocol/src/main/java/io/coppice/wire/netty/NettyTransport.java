package io.coppice.wire.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Netty's transports that carry a Unix socket: on the JDK's selectors, and native ones. */
enum NettyTransport {
    EPOLL {
        @Override
        IoHandlerFactory ioHandler() {
            return EpollIoHandler.newFactory();
        }

        @Override
        ServerChannel newServer() {
            return new EpollServerDomainSocketChannel();
        }

        @Override
        SocketAddress address(Path socket) {
            return new DomainSocketAddress(socket.toString());
        }

        @Override
        boolean isPeerOwnerOf(Path directory, Channel channel) throws IOException {
            int uid = ((EpollDomainSocketChannel) channel).peerCredentials().uid();
            return Files.getAttribute(directory, "unix:uid").equals(uid);
        }
    },
    KQUEUE {
        @Override
        IoHandlerFactory ioHandler() {
            return KQueueIoHandler.newFactory();
        }

        @Override
        ServerChannel newServer() {
            return new KQueueServerDomainSocketChannel();
        }

        @Override
        SocketAddress address(Path socket) {
            return new DomainSocketAddress(socket.toString());
        }

        @Override
        boolean isPeerOwnerOf(Path directory, Channel channel) throws IOException {
            int uid = ((KQueueDomainSocketChannel) channel).peerCredentials().uid();
            return Files.getAttribute(directory, "unix:uid").equals(uid);
        }
    },
    NIO {
        @Override
        IoHandlerFactory ioHandler() {
            return NioIoHandler.newFactory();
        }

        @Override
        ServerChannel newServer() {
            return new NioServerDomainSocketChannel();
        }

        @Override
        SocketAddress address(Path socket) {
            return UnixDomainSocketAddress.of(socket);
        }

        @Override
        boolean isPeerOwnerOf(Path directory, Channel channel) throws IOException {
            UnixDomainPrincipal peer =
                    channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
            return peer == null || peer.user().equals(Files.getOwner(directory));
        }
    };

    /** From this Java on, loading a native library prints a warning unless the user has allowed it. */
    private static final int JAVA_WARNS_OF_NATIVE_ACCESS = 24;

    /** The native one if its library loads, and loads silently; else the JDK's. */
    static NettyTransport best() {
        if (!mayLoadNatives()) return NIO;
        return Epoll.isAvailable() ? EPOLL : KQueue.isAvailable() ? KQUEUE : NIO;
    }

    private static boolean mayLoadNatives() {
        if (Runtime.version().feature() < JAVA_WARNS_OF_NATIVE_ACCESS) return true;
        try {
            Module netty = PlatformDependent.class.getModule();
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(netty);
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    abstract IoHandlerFactory ioHandler();

    abstract ServerChannel newServer();

    abstract SocketAddress address(Path socket);

    /**
     * Whether the process at the other end belongs to the user who owns this directory; true where the system does not
     * tell.
     */
    abstract boolean isPeerOwnerOf(Path directory, Channel channel) throws IOException;
}
