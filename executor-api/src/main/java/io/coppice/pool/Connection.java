package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.wire.Frame;
import io.coppice.wire.WireException;
import io.coppice.wire.netty.WorkerChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A worker's connection, from before it is there until it has ended; frames to one that is not open go nowhere.
 * Dispatcher thread only.
 */
final class Connection {
    private final Runnable hasUnsent;
    private @Nullable WorkerChannel channel;
    private @Nullable SentClasses classes; // with the channel
    private boolean closed;
    private boolean unsent;

    /** @param hasUnsent told once before each {@link #flush} that has something to do */
    Connection(Runnable hasUnsent) {
        this.hasUnsent = hasUnsent;
    }

    void opened(WorkerChannel channel, CodeServer code) {
        this.channel = channel;
        classes = new SentClasses(code, this::send);
        classes.sendNew();
    }

    /** It has come, and may have gone. */
    boolean wasOpened() {
        return channel != null;
    }

    boolean isOpen() {
        return channel != null && !closed;
    }

    void send(Frame frame) {
        if (channel == null) return;
        channel.send(frame); // one that is closed drops it
        if (!unsent) {
            unsent = true;
            hasUnsent.run();
        }
    }

    void flush() {
        unsent = false;
        if (channel != null && !closed) channel.flush();
    }

    boolean mayAskForClasses() {
        return classes != null && classes.mayAsk();
    }

    SentClasses classes() {
        return Objects.requireNonNull(classes, "not connected");
    }

    /** Ends it because of a frame that a worker must not send now. */
    void breakOff(Frame frame, String expected) {
        if (channel != null)
            channel.fail(new WireException(
                    WireException.Reason.UNEXPECTED_FRAME,
                    "unexpected frame from a worker: type=" + frame.type() + ", id=" + frame.id() + ", " + expected));
    }

    void close() {
        if (channel != null) channel.close();
    }

    void ended() {
        closed = true;
    }
}
