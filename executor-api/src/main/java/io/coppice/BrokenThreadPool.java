package io.coppice;

import org.jspecify.annotations.Nullable;

/** The initializer of a {@link ThreadPoolExecutor} failed; what it threw is the cause. */
public final class BrokenThreadPool extends BrokenExecutor {
    private static final long serialVersionUID = 1;

    BrokenThreadPool(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
