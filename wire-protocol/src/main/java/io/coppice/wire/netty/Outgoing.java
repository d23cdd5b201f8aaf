package io.coppice.wire.netty;

import io.coppice.wire.ByteSink;
import io.coppice.wire.Elements;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent on one connection. Small pieces are copied together; a large array waits as it is and goes to the
 * channel in slices, each when the one before is on its way: Netty copies what it is given out of the heap, and a
 * payload of a gigabyte must not need a gigabyte of direct memory. Loop thread only.
 */
final class Outgoing implements ByteSink {
    /** Arrays from here on are sent as they are instead of being copied together. */
    private static final int COPIED_UP_TO_BYTES = 8 << 10;

    private static final int FIRST_BUFFER_BYTES = 8 << 10;
    private static final int SLICE_BYTES = 256 << 10;

    private final Channel channel;
    private final ChannelFutureListener written;
    private final ArrayDeque<Source> queue = new ArrayDeque<>(); // small frames together, or a large array
    private @Nullable ByteBuf gathered; // behind all of the queue
    private boolean sending;
    private boolean roomy;
    private boolean closed;

    /** @param failed told when bytes could not be sent: what follows them would be misread */
    Outgoing(Channel channel, Consumer<Throwable> failed) {
        this.channel = channel;
        this.written = (ChannelFuture write) -> {
            if (!write.isSuccess()) failed.accept(write.cause());
        };
    }

    /** Something of which slices are sent. */
    private interface Source {
        /** The next slice, given to whoever asks. */
        ByteBuf slice();

        boolean isSent();

        void release();
    }

    private record OfBytes(ByteBuf bytes) implements Source {
        @Override
        public ByteBuf slice() {
            return bytes.readRetainedSlice(Math.min(bytes.readableBytes(), SLICE_BYTES));
        }

        @Override
        public boolean isSent() {
            return !bytes.isReadable();
        }

        @Override
        public void release() {
            bytes.release();
        }
    }

    private final class OfArray implements Source {
        private final Elements elements;
        private int sent;

        OfArray(Elements elements) {
            this.elements = elements;
        }

        @Override
        public ByteBuf slice() {
            int elementBytes = elements.kind.elementBytes;
            int count = Math.min(elements.length - sent, SLICE_BYTES / elementBytes);
            int bytes = count * elementBytes;
            ByteBuf slice = channel.alloc().directBuffer(bytes);
            elements.write(sent, count, slice.nioBuffer(0, bytes));
            sent += count;
            return slice.writerIndex(bytes);
        }

        @Override
        public boolean isSent() {
            return sent == elements.length;
        }

        @Override
        public void release() {
            elements.release();
        }
    }

    @Override
    public void write(Elements elements) {
        if (closed) {
            elements.release();
            return;
        }
        if (!roomy) makeRoom();
        queueGathered();
        queue.add(new OfArray(elements));
    }

    /** The system takes a whole slice at once, then: the worker reads it while the next is filled. */
    private void makeRoom() {
        roomy = true;
        try {
            channel.config().setOption(ChannelOption.SO_SNDBUF, SLICE_BYTES);
        } catch (ChannelException refused) {
            // then it goes slower
        }
    }

    /** Adds bytes; nothing is sent before {@link #send}. */
    @Override
    public void write(byte[] bytes, int offset, int length, boolean given) {
        if (closed) return;
        if (given && length > COPIED_UP_TO_BYTES) {
            queueGathered();
            queue.add(new OfBytes(Unpooled.wrappedBuffer(bytes, offset, length)));
            return;
        }
        if (gathered == null) gathered = channel.alloc().directBuffer(FIRST_BUFFER_BYTES);
        gathered.writeBytes(bytes, offset, length);
    }

    private void queueGathered() {
        if (gathered == null) return;
        queue.add(new OfBytes(gathered));
        gathered = null;
    }

    /** Sends as much as the channel takes now; to be called again when it takes more. */
    void send() {
        queueGathered();
        if (sending) return; // a flush has made the channel writable, and told us from inside
        sending = true;
        try {
            do {
                while (!queue.isEmpty() && channel.isWritable()) {
                    Source first = queue.element();
                    channel.write(first.slice()).addListener(written);
                    if (first.isSent()) queue.remove().release();
                }
                channel.flush();
            } while (!queue.isEmpty() && channel.isWritable());
        } finally {
            sending = false;
        }
    }

    /** The connection is closed: nothing more is sent. */
    void release() {
        closed = true;
        queueGathered();
        for (Source left = queue.poll(); left != null; left = queue.poll()) left.release();
    }
}
