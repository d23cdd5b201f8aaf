package io.coppice.wire.netty;

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
 * channel in slices, each when the one before is on its way: Netty copies what it is given out of the heap, and a payload
 * of a gigabyte must not need a gigabyte of direct memory. Loop thread only.
 */
final class Outgoing {
    /** Arrays from here on are sent as they are instead of being copied together. */
    private static final int COPIED_UP_TO_BYTES = 8 << 10;

    private static final int FIRST_BUFFER_BYTES = 8 << 10;
    private static final int SLICE_BYTES = 256 << 10;

    private final Channel channel;
    private final ChannelFutureListener written;
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>(); // small frames together, or a large array
    private @Nullable ByteBuf gathered; // behind all of the queue
    private boolean sending;

    /** @param failed told when bytes could not be sent: what follows them would be misread */
    Outgoing(Channel channel, Consumer<Throwable> failed) {
        this.channel = channel;
        this.written = (ChannelFuture write) -> {
            if (!write.isSuccess()) failed.accept(write.cause());
        };
    }

    /** Adds bytes; nothing is sent before {@link #send}. */
    void add(byte[] bytes, int offset, int length, boolean given) {
        if (given && length > COPIED_UP_TO_BYTES) {
            queueGathered();
            queue.add(Unpooled.wrappedBuffer(bytes, offset, length));
            return;
        }
        if (gathered == null) gathered = channel.alloc().directBuffer(FIRST_BUFFER_BYTES);
        gathered.writeBytes(bytes, offset, length);
    }

    private void queueGathered() {
        if (gathered == null) return;
        queue.add(gathered);
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
                    ByteBuf first = queue.element();
                    int slice = Math.min(first.readableBytes(), SLICE_BYTES);
                    channel.write(first.readRetainedSlice(slice)).addListener(written);
                    if (!first.isReadable()) queue.remove().release();
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
        for (ByteBuf left = queue.poll(); left != null; left = queue.poll()) left.release();
    }
}
