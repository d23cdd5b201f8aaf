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

        /**
         * A connection was cut off before it was admitted, or so many were, the last of them for this reason: many at
         * a time are told together.
         */
        void turnedAway(String reason, int count);

        /** Whether it matters just now that a connection is cut off. */
        boolean isOfInterest();
    }

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final WireLoop loop;
    private final Strangers strangers;
    private final TurnedAway turnedAway;
    private Carrier.@Nullable Server server; // changes when the loop's carrier does; null before it is bound
    private boolean pauses; // after a failure
    private boolean closed;

    WorkerListener(Carrier carrier, WireLoop loop, Path socket, Admission admission, Strangers.Patience patience) {
        this.loop = loop;
        strangers = new Strangers(loop, patience, this::acceptOrNot);
        turnedAway = new TurnedAway(loop, admission);
        Path directory = Objects.requireNonNull(socket.getParent());
        try {
            server = carrier.listen(socket, new Carrier.Door() {
                @Override
                public Line.Reader opened(Line line) {
                    Stranger stranger = new Stranger(loop, line, directory, admission, strangers, turnedAway);
                    strangers.add(stranger);
                    return stranger.reader();
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
        pauses = true;
        acceptOrNot();
        loop.schedule(AFTER_A_FAILURE, () -> {
            pauses = false;
            acceptOrNot();
        });
        turnedAway.add("accepting a connection failed: " + cause);
    }

    private void acceptOrNot() {
        if (server != null && !closed) server.accept(!pauses && !strangers.areACrowd());
    }

    /** Stops listening. Admitted connections live on; strangers are cut off when they are late, or with the loop. */
    @Override
    public void close() {
        closed = true;
        if (server != null) server.close();
        turnedAway.tellTogether();
    }
}
