package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection until it is admitted: one HELLO, in time, from this user. Anything else cuts it off. */
final class Stranger implements WorkerChannel.Events {
    /** Between connecting and HELLO a worker does nothing but write it. */
    private static final Duration HELLO_WITHIN = Duration.ofSeconds(20);

    private final Path directory;
    private final WorkerListener.Admission admission;
    private final WorkerChannel connection;
    private boolean over; // admitted, or closed
    private @Nullable String turnedAwayFor;

    Stranger(WireLoop loop, Line line, Path directory, WorkerListener.Admission admission) {
        this.directory = directory;
        this.admission = admission;
        this.connection = new WorkerChannel(loop, line, this);
        loop.schedule(HELLO_WITHIN, this::turnAwayIfLate);
    }

    Line.Reader reader() {
        return connection.reader;
    }

    @Override
    public void received(Frame frame) {
        if (turnedAwayFor != null) return;
        if (!isOurs()) {
            turnAway("process of another user");
            return;
        }
        // The connection's decoder lets nothing but a HELLO through here.
        WorkerChannel.Events events = admission.admit((Frame.Hello) frame, connection);
        if (events == null) {
            turnAway("unknown token");
            return;
        }
        over = true;
        connection.admitted(events);
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        over = true;
        String reason = turnedAwayFor;
        if (reason == null) reason = cause == null ? "closed before HELLO" : cause.toString();
        admission.turnedAway(reason);
    }

    private boolean isOurs() {
        try {
            return connection.isPeerOwnerOf(directory);
        } catch (IOException | RuntimeException notTold) {
            return true; // the directory's mode and the token stand by themselves
        }
    }

    private void turnAwayIfLate() {
        if (!over) turnAway("no HELLO within seconds=" + HELLO_WITHIN.toSeconds());
    }

    private void turnAway(String reason) {
        turnedAwayFor = reason;
        connection.close();
    }
}
