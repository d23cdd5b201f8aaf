package io.coppice;

import java.util.concurrent.CompletionException;

/** Throwing again what a call threw. */
final class Rethrow {
    private Rethrow() {}

    /** Throws it as it is: {@code throw Rethrow.asThrown(failure)}. */
    static Exception asThrown(Throwable failure) throws Exception {
        if (failure instanceof Error error) throw error;
        throw failure instanceof Exception exception ? exception : new CompletionException(failure);
    }

    /** Throws it as it is where it is unchecked, else as the cause of a {@link CompletionException}. */
    static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof RuntimeException runtime) throw runtime;
        if (failure instanceof Error error) throw error;
        throw new CompletionException(failure);
    }
}
