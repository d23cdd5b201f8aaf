package io.coppice;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An executor can run nothing any more: Python's {@code BrokenExecutor}. Thrown by {@code submit} and {@code map}, and
 * the exception of every future whose call could not end. Make a new executor to go on.
 */
public class BrokenExecutor extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    BrokenExecutor(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
