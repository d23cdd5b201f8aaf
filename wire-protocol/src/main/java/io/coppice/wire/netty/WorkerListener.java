package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The private socket a pool's workers connect to. Whoever connects is a stranger until it has shown a HELLO that
 * {@link Admission} takes in; a stranger is cut off without an answer. Loop thread only.
 */
public final class WorkerListener implements AutoCloseable {
    /** Decides who comes in. Called on the loop's thread. */
    public interface Admission {
        /** Who gets this connection's events from now on, or null to cut the stranger off. */
        WorkerChannel.@Nullable Events admit(Frame.Hello hello, WorkerChannel channel);

        /** A connection was cut off before it was admitted. */
        void turnedAway(String reason);
    }

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final WireLoop loop;
    private final Admission admission;
    private Carrier.Server server; // changes when the loop's carrier does

    WorkerListener(Carrier carrier, WireLoop loop, Path socket, Admission admission) {
        this.loop = loop;
        this.admission = admission;
        Path directory = Objects.requireNonNull(socket.getParent());
        try {
            server = carrier.listen(socket, new Carrier.Door() {
                @Override
                public Line.Reader opened(Line line) {
                    return new Stranger(loop, line, directory, admission).reader();
                }

                @Override
                public void failed(Throwable cause) {
                    pause(cause);
                }

                @Override
                public void moved(Carrier.Server moved) {
                    server = moved;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(new IOException(
                    "private socket could not be bound: path=" + socket + " (" + failure + ")", failure));
        }
    }

    /** No descriptors left, most likely: trying again at once would do nothing else. */
    private void pause(Throwable cause) {
        server.accept(false);
        loop.schedule(AFTER_A_FAILURE, () -> server.accept(true));
        admission.turnedAway("accepting a connection failed: " + cause);
    }

    /** Stops listening. Admitted connections live on; strangers are cut off by their timers, or with the loop. */
    @Override
    public void close() {
        server.close();
    }
}
