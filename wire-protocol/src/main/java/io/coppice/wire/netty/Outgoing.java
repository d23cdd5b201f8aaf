package io.coppice.wire.netty;

import io.coppice.wire.ArrayKind;
import io.coppice.wire.ByteSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
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
        private final Object array;
        private final ArrayKind kind;
        private final int length;
        private int sent;

        OfArray(Object array, ArrayKind kind) {
            this.array = array;
            this.kind = kind;
            this.length = kind.length(array);
        }

        @Override
        public ByteBuf slice() {
            int count = Math.min(length - sent, SLICE_BYTES / kind.elementBytes);
            int bytes = count * kind.elementBytes;
            ByteBuf slice = channel.alloc().directBuffer(bytes);
            kind.write(array, sent, count, slice.nioBuffer(0, bytes));
            sent += count;
            return slice.writerIndex(bytes);
        }

        @Override
        public boolean isSent() {
            return sent == length;
        }

        @Override
        public void release() {}
    }

    @Override
    public void write(Object array, ArrayKind kind) {
        queueGathered();
        queue.add(new OfArray(array, kind));
    }

    /** Adds bytes; nothing is sent before {@link #send}. */
    @Override
    public void write(byte[] bytes, int offset, int length, boolean given) {
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
        queueGathered();
        for (Source left = queue.poll(); left != null; left = queue.poll()) left.release();
    }
}
