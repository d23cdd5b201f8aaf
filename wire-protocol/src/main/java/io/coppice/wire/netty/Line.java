package io.coppice.wire.netty;

import io.coppice.wire.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The bytes of one connection, on whichever sockets carry it. What is written is kept until {@link #send}. Loop thread
 * only.
 */
interface Line extends ByteSink {
    /** Whom a line tells what has come over it. Never told anything from inside of a call on the line itself. */
    interface Reader {
        /** Bytes; all of them are taken. */
        void read(ByteBuffer bytes);

        /** Bytes that were to be sent could not be. */
        void unsent(Throwable cause);

        /** The connection has moved to another carrier, whose line this is; the line before is not used any more. */
        void moved(Line line);

        /** The line cannot be read any more. It is not closed by this. */
        void failed(Throwable cause);

        /** The line has ended, or was closed. Told once, last. */
        void ended();
    }

    /** Sends what was written, as fast as the other side takes it; does not wait for it. */
    void send();

    /** Sends nothing more, and ends. */
    void close();

    /**
     * Whether the process at the other end belongs to the user who owns this directory; true where the system does not
     * tell.
     */
    boolean isPeerOwnerOf(Path directory) throws IOException;
}
