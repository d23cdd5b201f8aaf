package io.coppice.wire.netty;

import java.io.IOException;
import java.nio.file.Path;

/** What waits for I/O and does it, driven step by step by one thread. {@link #wakeup} may come from any. */
interface Carrier extends AutoCloseable {
    /** Takes whoever connects; gives the line's reader. */
    interface Door {
        Line.Reader opened(Line line);

        /** A connection could not be accepted. */
        void failed(Throwable cause);

        /** The socket has moved to another carrier, which has this for it from now on. */
        void moved(Server server);
    }

    /** Binds a socket at this path. */
    Server listen(Path socket, Door door) throws IOException;

    /** A bound socket. */
    interface Server {
        /** Accepts no connection for a while, or does again. */
        void accept(boolean accepts);

        void close();
    }

    /**
     * Handles what has come; waits for something to come, so long at most, if nothing has and there is no other work.
     */
    void step(long atMostNanos) throws IOException;

    /** Ends the current or the next wait. Any thread; cheap when there is no wait. */
    void wakeup();

    /** Closes what is still open, and tells its readers. */
    @Override
    void close();
}
