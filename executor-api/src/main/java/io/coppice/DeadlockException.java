package io.coppice;

/**
 * A wait that could never end, and so was not begun: a call of a thread pool began to wait for a future which only
 * threads can bring about that wait themselves, directly or in a circle, for this very call. The message names the call
 * that would have waited and the one it would have waited for. The waiting call may catch it; otherwise it ends the call,
 * as any exception does.
 *
 * <p>Only a wait without a timeout is refused: one with a timeout ends by itself.
 */
public final class DeadlockException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    DeadlockException(String message) {
        super(message);
    }
}
