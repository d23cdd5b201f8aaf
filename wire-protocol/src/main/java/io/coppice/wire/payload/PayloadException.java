package io.coppice.wire.payload;

/** A value that cannot be turned into bytes, or bytes that cannot be turned into a value. Costs one call. */
public final class PayloadException extends Exception {
    private static final long serialVersionUID = 1;

    public PayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
