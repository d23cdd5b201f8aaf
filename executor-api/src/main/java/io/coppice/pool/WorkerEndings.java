package io.coppice.pool;

import io.coppice.launch.WorkerProcess;
import io.coppice.lifetime.Log;
import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Sees to it that a worker which ends is ended for good. It ends twice, in either order: by its connection and by its
 * process; each of the two starts a limit on the wait for the other. Dispatcher thread only.
 */
final class WorkerEndings {
    /** How often a process without a connection is looked at. */
    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);
    /** From the end of the connection to the exit: milliseconds, unless a shutdown hook hangs. */
    private static final Duration EXITS_WITHIN = Duration.ofSeconds(2);
    /** From LEAVE to the exit: the user's shutdown hooks run in it. */
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(20);
    /** From SIGKILL, or the exit, to the other sign of the end. */
    private static final Duration SHOWS_WITHIN = Duration.ofSeconds(2);

    private final WireLoop loop;

    WorkerEndings(WireLoop loop) {
        this.loop = loop;
    }

    /** It was told to leave: its shutdown hooks run. */
    void mayTakeItsTime(Worker worker) {
        loop.schedule(LEAVES_WITHIN, () -> {
            if (worker.child.hasEnded()) return;
            worker.dismiss();
            Log.of(WorkerEndings.class)
                    .warn(
                            "a worker was killed because it did not end: {}, waitedSeconds={}",
                            worker.describe(),
                            LEAVES_WITHIN.toSeconds());
            killAndGiveUp(worker);
        });
    }

    /** It was killed, or its connection has ended. */
    void exitIsDue(Worker worker) {
        loop.schedule(EXITS_WITHIN, () -> {
            if (!worker.child.hasEnded()) killAndGiveUp(worker);
        });
    }

    /** The connection has ended: the exit is due, and says why. */
    void connectionEnded(Worker worker) {
        if (worker.child.hasEnded()) return;
        WorkerProcess process = worker.child.process();
        if (process != null) watchExit(worker, process);
        if (worker.isExpendable()) return; // whoever let it go has set it a limit
        if (worker.death().circumstance().isEndedByUs()) worker.child.kill();
        exitIsDue(worker);
    }

    /**
     * Looks now and then whether the process has exited, while there is no connection to tell: the JDK's own notice
     * comes over its common pool, which user code may keep busy.
     */
    void watchExit(Worker worker, WorkerProcess process) {
        if (worker.child.hasEnded() || worker.connection.isOpen()) return;
        OptionalInt code = process.exitCode();
        if (code.isPresent()) exited(worker, code.getAsInt());
        else loop.schedule(LOOKS_EVERY, () -> watchExit(worker, process));
    }

    /** The process has exited: the end of the connection is due, behind what was sent. */
    void exited(Worker worker, int code) {
        if (worker.child.hasEnded()) return;
        worker.processEnded(code);
        // A process that a call has started may still hold the connection open.
        loop.schedule(SHOWS_WITHIN, worker.connection::close);
    }

    /** A zombie that nobody reaps never reports its exit: then we go on without. */
    void killAndGiveUp(Worker worker) {
        worker.child.kill();
        loop.schedule(SHOWS_WITHIN, () -> {
            worker.processEnded(null);
            worker.connection.close();
        });
    }
}
