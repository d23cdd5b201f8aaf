package io.coppice.wire.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Which of Netty's transports carries the Unix socket here: the native one where there is one, else the JDK's. */
enum Transport {
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
        int peerUid(Channel channel) throws IOException {
            return ((EpollDomainSocketChannel) channel).peerCredentials().uid();
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
    };

    static final int UID_UNKNOWN = -1;

    /** The fastest transport that works here; {@code -Dcoppice.transport=NIO} asks for one by name. */
    static Transport best() {
        String asked = System.getProperty("coppice.transport");
        if (asked != null) return valueOf(asked);
        return Epoll.isAvailable() ? EPOLL : KQueue.isAvailable() ? KQUEUE : NIO;
    }

    abstract IoHandlerFactory ioHandler();

    abstract ServerChannel newServer();

    abstract SocketAddress address(Path socket);

    /** The user id of the process at the other end, or {@link #UID_UNKNOWN} where the system does not tell. */
    int peerUid(Channel channel) throws IOException {
        return UID_UNKNOWN;
    }
}
