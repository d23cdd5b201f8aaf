package io.coppice.pool;

import io.coppice.launch.Death;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a broken pool, besides words.
 *
 * @param cause an exception that points at the reason; null if none does
 * @param death of the worker that broke it; null if none did
 * @param running what that worker was running; null if nothing
 */
public record Fault(
        @Nullable Throwable cause,
        @Nullable Death death,
        @Nullable String running) {
    /** Nothing is known. */
    public static final Fault UNKNOWN = new Fault(null, null, null);
}
