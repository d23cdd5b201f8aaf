package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection until it is admitted: one HELLO, in time, from this user. Anything else cuts it off. */
final class Stranger implements WorkerChannel.Events {
    final long cameNanos = System.nanoTime();
    private final Path directory;
    private final WorkerListener.Admission admission;
    private final Strangers others;
    private final TurnedAway turnedAway;
    private final WorkerChannel connection;
    private @Nullable String turnedAwayFor;

    Stranger(
            WireLoop loop,
            Line line,
            Path directory,
            WorkerListener.Admission admission,
            Strangers others,
            TurnedAway turnedAway) {
        this.directory = directory;
        this.admission = admission;
        this.others = others;
        this.turnedAway = turnedAway;
        this.connection = new WorkerChannel(loop, line, this);
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
        others.remove(this);
        connection.admitted(events);
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        others.remove(this);
        String reason = turnedAwayFor;
        if (reason == null) reason = cause == null ? "closed before HELLO" : cause.toString();
        turnedAway.add(reason);
    }

    private boolean isOurs() {
        try {
            return connection.isPeerOwnerOf(directory);
        } catch (IOException | RuntimeException notTold) {
            return true; // the directory's mode and the token stand by themselves
        }
    }

    /** It has said no HELLO in this time. */
    void isLate(Duration within) {
        if (turnedAwayFor == null) turnAway("no HELLO within seconds=" + within.toSeconds());
    }

    private void turnAway(String reason) {
        turnedAwayFor = reason;
        connection.close();
    }
}
