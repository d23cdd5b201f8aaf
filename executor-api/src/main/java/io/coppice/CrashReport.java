package io.coppice;

import io.coppice.launch.Death;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker that ended without being asked to: {@link BrokenProcessPool#report}. Immutable. Its
 * {@code toString} shows all of it, on several lines.
 *
 * @param worker the number of the worker in its pool, from 1 on
 * @param pid null if no process could be started
 * @param kind how it ended, as specific as is known
 * @param exitCode of the process; null if it is not known. By a signal it is 128 + the signal's number. It alone tells
 *     little: a JVM that crashes ends with 134, or with 1, as whatever calls {@code System.exit(1)}
 * @param signal the name of the signal that ended it, such as {@code SIGSEGV}; null if none did, or that is not known
 * @param problematicFrame where native code, or the JVM, crashed, as the JVM's crash report has it, such as
 *     {@code C  [libocr.so+0x1151]  page+0x21}; null if there is none
 * @param exitCalledFrom the stack of the call of {@code System.exit}, the caller first; empty if nothing is known to have
 *     called it. {@code Runtime.halt}, native {@code _exit}, and an exit in a virtual thread leave no trace
 * @param uptime since its start
 * @param callsDone how many calls it had done
 * @param runningCall number and function of the call that it was running, such as {@code call=41 (com.acme.Ocr::page)},
 *     of a chunk also its item, counted from 0; null if it ran none
 * @param stdout the last 8 KiB that it printed to stdout; if that was not all, the first line says how much there was
 *     before. A JVM that crashes says so here
 * @param stderr the same of stderr
 * @param crashFile the JVM's own crash report ({@code hs_err}); null if there is none. It is moved out of the worker's
 *     private folder to {@code coppice-hs_err_pid<pid>.log} in the temporary directory ({@code java.io.tmpdir}), which
 *     keeps the last 10; with {@code -XX:ErrorFile} among {@link WorkerContext#jvmOptions} it is where that says
 */
public record CrashReport(
        int worker,
        @Nullable Long pid,
        Kind kind,
        @Nullable Integer exitCode,
        @Nullable String signal,
        @Nullable String problematicFrame,
        List<StackTraceElement> exitCalledFrom,
        Duration uptime,
        long callsDone,
        @Nullable String runningCall,
        String stdout,
        String stderr,
        @Nullable Path crashFile) {

    /** How a worker ended. */
    public enum Kind {
        /** Native code, or the JVM itself, crashed, and the JVM wrote a report. */
        NATIVE_CRASH,
        /** Native code gave up (SIGABRT), as after a double free; stderr says why, if anything does. */
        ABORT,
        /** Native code used up its thread's stack, most likely: SIGSEGV, and the JVM could not write a report. */
        NATIVE_STACK_OVERFLOW,
        /**
         * The JVM ended because memory was out: its heap, with {@code -XX:+ExitOnOutOfMemoryError} or
         * {@code -XX:+CrashOnOutOfMemoryError}, or the system's.
         */
        OUT_OF_MEMORY,
        /** Something called {@code System.exit}: see {@link #exitCalledFrom}. */
        EXIT_CALLED,
        /** It exited, by {@code Runtime.halt} or a native {@code _exit}, or in another way that left no trace. */
        EXITED,
        /** By SIGKILL: somebody's {@code kill -9}, or the kernel, as memory ran out. */
        KILLED,
        /** By SIGTERM. */
        TERMINATED,
        /** By another signal. */
        OTHER_SIGNAL,
        /** Its process could not be started. */
        NOT_STARTED,
        /** It did not connect to the pool in time, and was killed. */
        NOT_CONNECTED,
        /**
         * The initializer threw; what, is the cause of the {@link BrokenProcessPool}. The exit code is that of the pool's
         * SIGKILL, which ended the worker then.
         */
        INITIALIZER_FAILED,
        /** It sent what no worker sends, and was killed. */
        PROTOCOL_BROKEN,
        /** The connection to it failed in this JVM, and it was killed. */
        CONNECTION_FAILED,
        /** It is gone, and nothing tells why. */
        UNKNOWN
    }

    /** Makes one. */
    public CrashReport {
        exitCalledFrom = List.copyOf(exitCalledFrom);
    }

    static CrashReport of(Death death, @Nullable String running) {
        return new CrashReport(
                death.worker(),
                death.pid(),
                Kind.valueOf(death.kind().name()),
                death.exitCode(),
                death.signal(),
                death.problematicFrame(),
                death.evidence().exitCalledFrom(),
                death.uptime(),
                death.callsDone(),
                running,
                death.evidence().stdout(),
                death.evidence().stderr(),
                death.evidence().crashFile());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("worker " + worker + " ended: " + kind);
        line(text, "pid", pid);
        line(text, "exit code", exitCode);
        line(text, "signal", signal);
        line(text, "problematic frame", problematicFrame);
        line(text, "running", runningCall);
        line(text, "calls done", callsDone);
        line(text, "uptime", uptime.toMillis() / 1000.0 + " s");
        line(text, "crash report", crashFile);
        if (!exitCalledFrom.isEmpty()) text.append("\n  System.exit was called");
        for (StackTraceElement frame : exitCalledFrom) text.append("\n    at ").append(frame);
        block(text, "stdout", stdout);
        block(text, "stderr", stderr);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) text.append("\n  ").append(name).append(": ").append(value);
    }

    private static void block(StringBuilder text, String name, String printed) {
        if (printed.isEmpty()) return;
        text.append("\n  ").append(name).append(':');
        for (String line : (Iterable<String>) printed.lines()::iterator)
            text.append("\n    | ").append(line);
    }
}
