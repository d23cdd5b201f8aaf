package io.coppice.launch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker that ended without being asked to.
 *
 * @param pid null if no process could be started
 * @param exitCode null if it is not known (yet): the connection ended before the process did
 * @param cause what else points at the reason: a failed start, a broken frame; null if nothing does
 * @param causeText the cause in words
 * @param evidence what it has left
 */
public record Death(
        int worker,
        @Nullable Long pid,
        @Nullable Integer exitCode,
        Duration uptime,
        long callsDone,
        Circumstance circumstance,
        @Nullable Throwable cause,
        @Nullable String causeText,
        Evidence evidence) {
    private static final int QUOTED_CHARACTERS = 200;

    /** How it ended; io.coppice shows it to users under the same names. */
    public enum Kind {
        NATIVE_CRASH,
        ABORT,
        NATIVE_STACK_OVERFLOW,
        OUT_OF_MEMORY,
        EXIT_CALLED,
        EXITED,
        KILLED,
        TERMINATED,
        OTHER_SIGNAL,
        NOT_STARTED,
        NOT_CONNECTED,
        INITIALIZER_FAILED,
        PROTOCOL_BROKEN,
        CONNECTION_FAILED,
        UNKNOWN
    }

    /** What the worker was doing, and how it ended: the first sentence of the message. */
    public enum Circumstance {
        NOT_STARTED("worker could not be started", true, Kind.NOT_STARTED),
        WHILE_STARTING("worker died while starting", false, null),
        IN_INITIALIZER("worker died while running the initializer", false, null),
        INITIALIZER_FAILED("initializer failed in a worker", true, Kind.INITIALIZER_FAILED),
        WHILE_RUNNING("worker died while running a call", false, null),
        WHILE_IDLE("worker died while waiting for calls", false, null),
        PROTOCOL_BROKEN("worker was ended because it broke the wire protocol", true, Kind.PROTOCOL_BROKEN),
        CONNECTION_FAILED(
                "worker was ended because the connection to it failed in this JVM", true, Kind.CONNECTION_FAILED),
        HUNG_WHILE_STARTING("worker was ended because it did not connect in time", true, Kind.NOT_CONNECTED);

        private final String sentence;
        private final boolean endedByUs;
        private final @Nullable Kind kind; // null: what it has left tells, or its exit code

        Circumstance(String sentence, boolean endedByUs, @Nullable Kind kind) {
            this.sentence = sentence;
            this.endedByUs = endedByUs;
            this.kind = kind;
        }

        /** Whether the worker had not come so far as to take calls. */
        public boolean isBeforeCalls() {
            return this == NOT_STARTED
                    || this == WHILE_STARTING
                    || this == IN_INITIALIZER
                    || this == INITIALIZER_FAILED
                    || this == HUNG_WHILE_STARTING;
        }

        /** Whether we end the worker because of it; then its exit code tells nothing. */
        public boolean isEndedByUs() {
            return endedByUs;
        }
    }

    /**
     * The most specific of what is known: what the worker has left goes before what the pool has seen, and that before
     * an exit code, which may be anybody's.
     */
    public Kind kind() {
        Kind left = evidence.kind(exitCode);
        if (left != null) return left;
        if (circumstance.kind != null) return circumstance.kind;
        return exitCode == null ? Kind.UNKNOWN : ExitStatus.kind(exitCode);
    }

    /** The signal that ended it, by what its crash report says or by its exit code; null if none did. */
    public @Nullable String signal() {
        if (evidence.crash() != null) return evidence.crash().signal();
        Integer code = codeOfItsOwn();
        return code == null || kind() == Kind.EXIT_CALLED ? null : ExitStatus.signal(code);
    }

    /** Where it crashed, in the words of its crash report; null if that is not known. */
    public @Nullable String problematicFrame() {
        return evidence.crash() == null ? null : evidence.crash().frame();
    }

    /** Null where it is not known, or tells only how we ended it. */
    private @Nullable Integer codeOfItsOwn() {
        return circumstance.endedByUs ? null : exitCode;
    }

    /** The sentence and the facts; {@code running} describes the call it died in, if it did. */
    public String describe(@Nullable String running) {
        StringBuilder text =
                new StringBuilder(circumstance.sentence).append(": worker=").append(worker);
        if (pid != null) text.append(", pid=").append(pid);
        if (running != null) text.append(", ").append(running);
        describeExit(text);
        text.append(", uptime=")
                .append(uptime.toMillis() / 1000.0)
                .append("s, callsDone=")
                .append(callsDone);
        if (causeText != null) text.append(", cause=").append(causeText);
        String said = lineThatTells();
        if (said != null) text.append(", stderr=").append(said);
        if (evidence.crashFile() != null) text.append("; crash report: ").append(evidence.crashFile());
        return text.toString();
    }

    private void describeExit(StringBuilder text) {
        CrashFile crash = evidence.crash();
        Integer code = codeOfItsOwn();
        if (crash != null && code != null)
            text.append(", exit=")
                    .append(code)
                    .append(" (")
                    .append(crash.describe())
                    .append(')');
        else if (crash != null) text.append(", crash=").append(crash.describe());
        else if (code != null) text.append(", exit=").append(ExitStatus.describe(code, kind()));
        else if (exitCode == null && pid != null && !circumstance.endedByUs) text.append(", exit=unknown");
        if (kind() == Kind.EXIT_CALLED)
            text.append(", exitCalledBy=").append(evidence.exitCalledFrom().get(0));
    }

    /** What stderr says first, of a start that failed, or last, before an abort; null where it is not asked. */
    private @Nullable String lineThatTells() {
        boolean first = circumstance == Circumstance.WHILE_STARTING;
        if (!first && kind() != Kind.ABORT) return null;
        String found = null;
        for (String line : (Iterable<String>) evidence.stderr().lines()::iterator) {
            if (line.isBlank()) continue;
            found = line.strip();
            if (first) break;
        }
        if (found == null || found.length() <= QUOTED_CHARACTERS) return found;
        return found.substring(0, QUOTED_CHARACTERS) + "...";
    }
}
