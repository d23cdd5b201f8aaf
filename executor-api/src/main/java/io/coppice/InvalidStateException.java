package io.coppice;

/**
 * A {@link Promise} was given a second end: Python's {@code InvalidStateError}. The first one stands.
 */
public final class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    InvalidStateException(String message) {
        super(message);
    }
}
