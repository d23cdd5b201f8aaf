package io.coppice.wire.netty;

import io.coppice.wire.Elements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * A connection on the JDK's socket. What is sent goes through one direct buffer that all lines share, a part at a time.
 */
final class PlainLine implements Line {
    /** Arrays from here on are kept as they are instead of being copied together. */
    private static final int COPIED_UP_TO_BYTES = 8 << 10;

    private static final int FIRST_BYTES = 1 << 10;
    private static final int KEPT_BYTES = 64 << 10;
    /** After so many reads of one line it is the others' turn. */
    private static final int READS = 16;

    private final PlainCarrier carrier;
    private final SocketChannel channel;
    private final SelectionKey key;
    private @Nullable Reader reader;

    /** Waits to be sent, but for what is gathered. */
    private final ArrayDeque<Piece> queue = new ArrayDeque<>();

    private byte[] gathered = new byte[FIRST_BYTES];
    private int gatheredBytes;
    private boolean isFull; // the other side does not take more now
    private boolean broken; // bytes are missing: what follows them would be misread
    private boolean closed;

    PlainLine(PlainCarrier carrier, SocketChannel channel, SelectionKey key) {
        this.carrier = carrier;
        this.channel = channel;
        this.key = key;
    }

    void opened(Reader reader) {
        this.reader = reader;
    }

    private void tell(Consumer<Reader> what) {
        carrier.later(() -> {
            if (reader != null) what.accept(reader);
        });
    }

    /** Whether all that was written is sent, and what comes next is nobody's business yet. */
    boolean isAtRest() {
        return gatheredBytes == 0 && queue.isEmpty() && !isFull && !broken;
    }

    /** Nothing is lost: what was written is sent, and what has come and was not read waits in the socket. */
    void moveTo(NettyCarrier other) {
        Reader reader = Objects.requireNonNull(this.reader, "not opened");
        reader.moved(other.adopt(channel, reader));
        closed = true;
    }

    // ---- out ----

    @Override
    public void write(byte[] bytes, int offset, int length, boolean given) {
        if (closed || broken) return;
        if (given && length > COPIED_UP_TO_BYTES) {
            queueGathered();
            queue.add(Piece.of(bytes, offset, length));
            return;
        }
        if (length > gathered.length - gatheredBytes)
            gathered = Arrays.copyOf(gathered, Math.max(2 * gathered.length, gatheredBytes + length));
        System.arraycopy(bytes, offset, gathered, gatheredBytes, length);
        gatheredBytes += length;
    }

    @Override
    public void write(Elements elements) {
        if (closed || broken) {
            elements.release();
            return;
        }
        queueGathered();
        queue.add(Piece.of(elements));
    }

    private void queueGathered() {
        if (gatheredBytes == 0) return;
        queue.add(Piece.of(gathered, 0, gatheredBytes));
        gathered = new byte[FIRST_BYTES];
        gatheredBytes = 0;
    }

    @Override
    public void send() {
        if (isFull || closed || broken) return;
        try {
            if (queue.isEmpty() && gatheredBytes > 0) sendGathered();
            queueGathered();
            while (!queue.isEmpty() && !isFull) sendQueued();
        } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            broken = true;
            release();
            tell(reader -> reader.unsent(failed));
        }
    }

    /** What most steps have to say, without a queue. */
    private void sendGathered() throws IOException {
        ByteBuffer out = carrier.out();
        int taken = Math.min(out.capacity(), gatheredBytes);
        out.clear().put(gathered, 0, taken).flip();
        int sent = channel.write(out);
        if (sent == gatheredBytes) {
            gatheredBytes = 0;
            if (gathered.length > KEPT_BYTES) gathered = new byte[FIRST_BYTES];
            return;
        }
        queueGathered();
        queue.element().sent = sent;
        if (sent < taken) full(true);
    }

    /** As many pieces as one buffer holds, the last of them in part. */
    private void sendQueued() throws IOException {
        ByteBuffer out = carrier.out().clear();
        int skipped = 0;
        for (Piece each : queue) {
            int before = out.position();
            if (each.sent > 0 && before > 0) break; // it may have to begin with bytes that were sent
            skipped += each.put(out);
            if (out.position() - before < each.length) break;
        }
        int left = channel.write(out.flip().position(skipped));
        if (out.hasRemaining()) full(true);
        while (left > 0) {
            Piece first = queue.element();
            int part = (int) Math.min(left, first.length - first.sent);
            first.sent += part;
            left -= part;
            if (first.isSent()) queue.remove().release();
        }
    }

    private void full(boolean full) {
        isFull = full;
        key.interestOps(full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void release() {
        for (Piece left = queue.poll(); left != null; left = queue.poll()) left.release();
        gatheredBytes = 0;
    }

    // ---- in ----

    /** There is something to read, or room to write. */
    void ready() {
        Reader reader = this.reader;
        if (reader == null) return;
        try {
            int ops = key.readyOps();
            if ((ops & SelectionKey.OP_READ) != 0) read(reader);
            if ((ops & SelectionKey.OP_WRITE) != 0 && !closed) {
                full(false);
                send();
            }
        } catch (CancelledKeyException gone) {
            // closed by what was read
        }
    }

    private void read(Reader reader) {
        ByteBuffer in = carrier.in();
        for (int i = 0; i < READS && !closed; i++) {
            in.clear();
            int count;
            try {
                count = channel.read(in);
            } catch (IOException broken) {
                reader.failed(broken);
                return;
            }
            if (count < 0) close();
            if (count <= 0) return;
            try {
                reader.read(in.flip());
            } catch (RuntimeException | Error bug) {
                reader.failed(bug);
                return;
            }
            if (count < in.capacity()) return; // most likely all there is; else the selector says so
        }
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        release();
        carrier.closed(this);
        try {
            channel.close();
        } catch (IOException gone) {
            // that is what was wanted
        }
        tell(Reader::ended);
    }

    @Override
    public boolean isPeerOwnerOf(Path directory) throws IOException {
        UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return peer == null || peer.user().equals(Files.getOwner(directory));
    }
}
