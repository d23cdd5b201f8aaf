package io.coppice.wire.payload;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for a throwable that cannot travel as it is (a field that is not serializable, a class the other side does
 * not have): same message, stack trace, cause and suppressed, and {@link #toString} of the original.
 */
public final class RemoteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String text;
    private final String className;

    RemoteException(
            String className,
            @Nullable String message,
            String text,
            StackTraceElement[] trace,
            @Nullable Throwable cause) {
        super(message, cause);
        this.className = className;
        this.text = text;
        setStackTrace(trace);
    }

    /** The original's class. */
    public String className() {
        return className;
    }

    @Override
    public String toString() {
        return text;
    }
}
