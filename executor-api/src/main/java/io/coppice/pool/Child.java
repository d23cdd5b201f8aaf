package io.coppice.pool;

import io.coppice.launch.Evidence;
import io.coppice.launch.WorkerProcess;
import io.coppice.wire.FlightRecord;
import io.coppice.wire.Frame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A worker's process as the dispatcher sees it: being started, running, ended. What it is to be told before it is there
 * is kept until then. Dispatcher thread only.
 */
final class Child {
    private @Nullable WorkerProcess process;
    private boolean starting = true;
    private boolean toBeKilled;
    private long interruptFirst; // turns of calls to be interrupted when there is a process
    private long interruptLast; // 0: none
    private boolean ended;
    private @Nullable Integer exitCode;
    private @Nullable Evidence evidence;

    void started(WorkerProcess process) {
        this.process = process;
        starting = false;
        if (toBeKilled) process.kill();
        if (interruptLast != 0) process.interrupt(interruptFirst, interruptLast);
    }

    void notStarted() {
        starting = false;
    }

    boolean isStarting() {
        return starting;
    }

    @Nullable
    WorkerProcess process() {
        return process;
    }

    @Nullable
    Long pid() {
        return process == null ? null : process.pid();
    }

    /** It has exited, or we stop waiting for it to tell (null). */
    void ended(@Nullable Integer exitCode) {
        ended = true;
        this.exitCode = exitCode;
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    Integer exitCode() {
        return exitCode;
    }

    /** What was found of it when it had ended. */
    void examined(Evidence evidence) {
        this.evidence = evidence;
    }

    Evidence evidence() {
        return evidence == null ? Evidence.NONE : evidence;
    }

    /** Now, or when it has been started. */
    void kill() {
        toBeKilled = true;
        if (process != null) process.kill();
    }

    /** Asks it to end. One that is just starting is to be killed: it has nothing that could care. */
    void terminate() {
        if (process != null) process.terminate();
        else toBeKilled = true;
    }

    // ---- what is seen of it from outside ----

    /** The memory of its process; 0 if that is not known. */
    long residentBytes() {
        return process == null ? 0 : process.residentBytes();
    }

    /** The turn that it has begun last, as it has noted it; 0 if it has begun none, -1 if it has noted nothing. */
    long recordedTurn() {
        return process == null ? -1 : FlightRecord.begun(process.directory());
    }

    /** What it has begun, and ended without sending it; null if it has left nothing that tells. */
    @Nullable
    FlightRecord flightRecord() {
        try {
            return process == null ? null : FlightRecord.read(process.directory());
        } catch (IOException noRecord) {
            return null;
        }
    }

    // ---- what it is told ----

    /** It has said goodbye. */
    void letGo() {
        if (process != null) process.letGo();
    }

    /** Calls whose first turn is one of these; now, or when it has been started. */
    void interrupt(long first, long last) {
        if (process != null) {
            process.interrupt(first, last);
        } else {
            interruptFirst = interruptLast == 0 ? first : Math.min(first, interruptFirst);
            interruptLast = Math.max(last, interruptLast);
        }
    }

    void recall(Frame.Recall recall) {
        if (process != null) process.recall(recall.upTo(), recall.from());
    }
}
