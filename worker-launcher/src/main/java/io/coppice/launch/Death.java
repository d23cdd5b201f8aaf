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
 */
public record Death(
        int worker,
        @Nullable Long pid,
        @Nullable Integer exitCode,
        Duration uptime,
        long callsDone,
        Circumstance circumstance,
        @Nullable Throwable cause,
        @Nullable String causeText) {

    /** What the worker was doing, and how it ended: the first sentence of the message. */
    public enum Circumstance {
        NOT_STARTED("worker could not be started", false),
        WHILE_STARTING("worker died while starting (its stderr says why)", false),
        IN_INITIALIZER("worker died while running the initializer", false),
        INITIALIZER_FAILED("initializer failed in a worker", true),
        WHILE_RUNNING("worker died while running a call", false),
        WHILE_IDLE("worker died while waiting for calls", false),
        PROTOCOL_BROKEN("worker was ended because it broke the wire protocol", true),
        CONNECTION_FAILED("worker was ended because the connection to it failed in this JVM", true),
        HUNG_WHILE_STARTING("worker was ended because it did not connect in time", false);

        private final String sentence;
        private final boolean endedByUs;

        Circumstance(String sentence, boolean endedByUs) {
            this.sentence = sentence;
            this.endedByUs = endedByUs;
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

    /** The sentence and the facts; {@code running} describes the call it died in, if it did. */
    public String describe(@Nullable String running) {
        StringBuilder text =
                new StringBuilder(circumstance.sentence).append(": worker=").append(worker);
        if (pid != null) text.append(", pid=").append(pid);
        if (running != null) text.append(", ").append(running);
        if (circumstance.endedByUs) {
            // then the exit code tells how we ended it, not why
        } else if (exitCode != null) text.append(", exit=").append(ExitStatus.describe(exitCode));
        else if (pid != null) text.append(", exit=unknown");
        text.append(", uptime=")
                .append(uptime.toMillis() / 1000.0)
                .append("s, callsDone=")
                .append(callsDone);
        if (causeText != null) text.append(", cause=").append(causeText);
        return text.toString();
    }
}
