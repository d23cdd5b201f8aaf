package io.coppice.wire.netty;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own sockets and selector: what a new pool begins with, since they are there at once, and Netty takes longer
 * to load than a worker to start.
 */
final class PlainCarrier implements Carrier {
    /** As much as is read or written at once. */
    private static final int BUFFER_BYTES = 256 << 10;

    /**
     * What carriers that have ended leave to the next ones: memory outside of the heap is given back by the garbage
     * collector alone, and a program that makes pool after pool may end before that comes.
     */
    private static final ArrayBlockingQueue<ByteBuffer> SPARE = new ArrayBlockingQueue<>(4);

    private final BooleanSupplier hasWork;
    private final Selector selector;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<PlainLine> lines = new ArrayList<>();
    private @Nullable PlainServer server;
    private @Nullable ByteBuffer in;
    private @Nullable ByteBuffer out;

    /** Set before a wait; who finds it set, and takes it, ends the wait. */
    private final AtomicBoolean waits = new AtomicBoolean();

    PlainCarrier(BooleanSupplier hasWork) throws IOException {
        this.hasWork = hasWork;
        selector = Selector.open();
    }

    @Override
    public void step(long atMostNanos) throws IOException {
        Thread.interrupted(); // nobody's business here, and a channel that is used meanwhile would be closed
        // hasWork is asked after waits is set, so a wakeup that comes before the wait is never lost.
        waits.set(true);
        if (atMostNanos <= 0 || !later.isEmpty() || hasWork.getAsBoolean()) selector.selectNow();
        else selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(atMostNanos)));
        waits.lazySet(false);
        if (!selector.selectedKeys().isEmpty()) {
            for (SelectionKey key : selector.selectedKeys()) ready(key);
            selector.selectedKeys().clear();
        }
        for (Runnable task = later.poll(); task != null; task = later.poll()) task.run();
    }

    private static void ready(SelectionKey key) {
        Object whose = key.attachment();
        if (whose instanceof PlainLine line) line.ready();
        else if (whose instanceof PlainServer server) server.ready();
    }

    @Override
    public void wakeup() {
        if (waits.get() && waits.compareAndSet(true, false)) selector.wakeup();
    }

    /** To be run in this step or the next, from no line's inside. */
    void later(Runnable task) {
        later.add(task);
    }

    private static ByteBuffer buffer() {
        ByteBuffer spare = SPARE.poll();
        return spare != null ? spare : ByteBuffer.allocateDirect(BUFFER_BYTES);
    }

    private static void giveBack(@Nullable ByteBuffer buffer) {
        if (buffer != null) SPARE.offer(buffer); // beyond a few it is the collector's
    }

    ByteBuffer in() {
        if (in == null) in = buffer();
        return in;
    }

    ByteBuffer out() {
        if (out == null) out = buffer();
        return out;
    }

    @Override
    public Server listen(Path socket, Door door) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            return server = new PlainServer(channel, door);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private final class PlainServer implements Server {
        private final ServerSocketChannel channel;
        private final Door door;
        private final SelectionKey key;

        PlainServer(ServerSocketChannel channel, Door door) throws IOException {
            this.channel = channel;
            this.door = door;
            key = channel.register(selector, SelectionKey.OP_ACCEPT, this);
        }

        void ready() {
            try {
                while (channel.isOpen() && accepts()) { // who comes may be the last for now
                    SocketChannel came = channel.accept();
                    if (came == null) return;
                    open(came);
                }
            } catch (IOException | RuntimeException | OutOfMemoryError failure) {
                door.failed(failure);
            }
        }

        private void open(SocketChannel came) throws IOException {
            try {
                came.configureBlocking(false);
                SelectionKey key = came.register(selector, SelectionKey.OP_READ);
                PlainLine line = new PlainLine(PlainCarrier.this, came, key);
                key.attach(line);
                line.opened(door.opened(line));
                lines.add(line);
            } catch (IOException | RuntimeException | Error failed) {
                came.close();
                throw failed;
            }
        }

        boolean accepts() {
            return !channel.isOpen() || key.interestOps() != 0;
        }

        void moveTo(NettyCarrier other) {
            if (channel.isOpen()) door.moved(other.adopt(channel, door));
            server = null;
        }

        @Override
        public void accept(boolean accepts) {
            if (key.isValid()) key.interestOps(accepts ? SelectionKey.OP_ACCEPT : 0);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException gone) {
                // that is what was wanted
            }
        }
    }

    void closed(PlainLine line) {
        lines.remove(line);
    }

    /** Whether everything that was written is sent. Between two steps. */
    boolean isAtRest() {
        if (server != null && !server.accepts()) return false; // its listener waits before it tries again
        for (PlainLine line : lines) if (!line.isAtRest()) return false;
        return true;
    }

    /**
     * Gives its sockets to another carrier, and ends. Only at rest. A connection that cannot be moved ends as one that
     * is closed does.
     */
    void moveTo(NettyCarrier other) throws IOException {
        selector.close(); // first: no socket is in two selectors
        try {
            if (server != null) server.moveTo(other);
            for (PlainLine line : List.copyOf(lines)) {
                line.moveTo(other);
                lines.remove(line);
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (server != null) server.close();
        for (PlainLine line : List.copyOf(lines)) line.close();
        for (Runnable task = later.poll(); task != null; task = later.poll()) task.run();
        giveBack(in);
        giveBack(out);
        in = null;
        out = null;
        try {
            selector.close();
        } catch (IOException gone) {
            // that is what was wanted
        }
    }
}
