package io.coppice.wire.netty;

import io.coppice.wire.Elements;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Netty's classes, loaded beside pools that are at work already, since that takes longer than a worker to start: by a
 * thread of its own, which sends a few bytes over a socket. Once in a JVM. Thread-safe.
 */
final class NettyLoading {
    enum State {
        NOT_BEGUN,
        UNDER_WAY,
        DONE,
        /** Pools stay on the JDK's sockets. */
        FAILED
    }

    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static volatile State state = State.NOT_BEGUN;
    private static final int ROOM = 16 << 10;

    private NettyLoading() {}

    static State state() {
        return state;
    }

    /** Begins it, if nobody has; returns at once. In the folder, which is a pool's own, nothing is left. */
    static State begin(Path folder) {
        if (!BEGUN.compareAndSet(false, true)) return state;
        state = State.UNDER_WAY;
        try {
            SocketChannel[] ends = connect(folder.resolve("netty"));
            Thread thread = new Thread(null, () -> load(ends[0], ends[1]), "coppice-netty-loading", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            state = State.FAILED;
        }
        return state;
    }

    /** Two ends of a connection; the socket they met at is gone when this returns. */
    private static SocketChannel[] connect(Path socket) throws IOException {
        SocketChannel here = null;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            here = SocketChannel.open(UnixDomainSocketAddress.of(socket)); // does not wait to be accepted
            return new SocketChannel[] {here, server.accept()};
        } catch (IOException | RuntimeException failure) {
            if (here != null) here.close();
            throw failure;
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private static void load(SocketChannel here, SocketChannel there) {
        try (here;
                there) {
            talk(here, there);
            state = State.DONE;
        } catch (Throwable failure) { // a class that is missing, no memory: what is there works without
            state = State.FAILED;
        }
    }

    private static void talk(SocketChannel here, SocketChannel there) throws IOException {
        there.write(ByteBuffer.allocate(1));
        Reply reply = new Reply();
        try (NettyCarrier carrier = new NettyCarrier(NettyTransport.NIO, Thread.currentThread(), () -> false)) {
            Line line = carrier.adopt(here, reply);
            line.write(new byte[1], 0, 1, false);
            line.write(new byte[ROOM], 0, ROOM, true);
            line.write(Elements.of(new double[1]));
            line.send();
            while (!reply.came) carrier.step(0);
            if (reply.failure != null) throw new IOException(reply.failure);
        }
    }

    private static final class Reply implements Line.Reader {
        boolean came;

        @Nullable
        Throwable failure;

        @Override
        public void read(ByteBuffer bytes) {
            came = true;
        }

        @Override
        public void unsent(Throwable cause) {
            failed(cause);
        }

        @Override
        public void failed(Throwable cause) {
            failure = cause;
            came = true;
        }

        @Override
        public void moved(Line line) {}

        @Override
        public void ended() {
            came = true;
        }
    }
}
