package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One worker's connection: frames out, frames in. Frames are gathered until {@link #flush}, so that everything one step
 * of the loop has to say to a worker goes out in one write. Loop thread only.
 */
public final class WorkerChannel {
    /** What comes in. Called on the loop's thread. */
    public interface Events {
        void received(Frame frame);

        /** The connection has ended; everything sent before was received. Called once, last. */
        void closed(@Nullable Throwable cause);
    }

    /** From a write that fails because the worker is gone to the end of what it has sent. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);

    private final WireLoop loop;
    private Line line; // changes when the loop's carrier does
    private FrameEncoder encoder;
    private final FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.HELLO);
    private Events events;
    private @Nullable Throwable failure;
    private boolean ending;

    WorkerChannel(WireLoop loop, Line line, Events events) {
        this.loop = loop;
        this.line = line;
        this.encoder = new FrameEncoder(line);
        this.events = events;
    }

    /** No stranger any more: from here on every frame of a worker is let through, to these events. */
    void admitted(Events events) {
        this.events = events;
        decoder.expectAny();
    }

    /** Gathers a frame; nothing is sent before {@link #flush}. Frames to a closed connection go nowhere. */
    public void send(Frame frame) {
        try {
            encoder.encode(frame);
        } catch (IOException impossible) {
            throw new AssertionError(impossible); // our own sink throws none
        }
    }

    /** Sends what was gathered. */
    public void flush() {
        line.send();
    }

    public void close() {
        line.close();
    }

    /** As {@link Line#isPeerOwnerOf}. */
    boolean isPeerOwnerOf(Path directory) throws IOException {
        return line.isPeerOwnerOf(directory);
    }

    /** Ends the connection because of what came over it; {@link Events#closed} tells why. */
    public void fail(Throwable cause) {
        if (failure == null) failure = cause;
        line.close();
    }

    /** What the line tells. */
    final Line.Reader reader = new Line.Reader() {
        @Override
        public void read(ByteBuffer bytes) {
            try {
                while (failure == null) { // what follows a broken frame means nothing
                    Frame frame = decoder.next(bytes);
                    if (frame == null) break;
                    tell(frame);
                }
            } catch (WireException | OutOfMemoryError broken) {
                fail(broken);
            }
        }

        /**
         * If the worker is gone, what it sent before that is still to be read, and the end of it is due; else (no
         * memory to copy the bytes) what follows would be misread.
         */
        @Override
        public void unsent(Throwable cause) {
            if (!(cause instanceof IOException)) fail(cause);
            else if (!ending) loop.schedule(ENDS_WITHIN, () -> fail(cause));
            ending = true;
        }

        @Override
        public void moved(Line moved) {
            line = moved;
            encoder = new FrameEncoder(moved);
        }

        @Override
        public void failed(Throwable cause) {
            fail(cause);
        }

        @Override
        public void ended() {
            try {
                if (failure == null) decoder.end();
            } catch (WireException truncated) {
                failure = truncated;
            }
            try {
                events.closed(failure);
            } catch (Throwable bug) {
                loop.failWith(bug);
            }
        }
    };

    private void tell(Frame frame) {
        try {
            events.received(frame);
        } catch (Throwable bug) {
            loop.failWith(bug);
        }
    }
}
