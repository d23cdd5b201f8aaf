package io.coppice;

import org.jspecify.annotations.Nullable;

/**
 * A worker of a {@link ProcessPoolExecutor} ended without being asked to, could not be started, or its initializer
 * failed. The message tells which worker, its pid and exit code, what it was running, and what became of this call.
 * Every future has an instance of its own.
 */
public final class BrokenProcessPool extends BrokenExecutor {
    private static final long serialVersionUID = 1;

    BrokenProcessPool(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
