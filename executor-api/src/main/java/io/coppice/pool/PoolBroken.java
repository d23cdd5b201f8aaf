package io.coppice.pool;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The pool takes no call because it is broken; {@code io.coppice} makes a BrokenProcessPool of it. */
public final class PoolBroken extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    PoolBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
