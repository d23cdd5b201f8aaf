package io.coppice;

/**
 * Where an exception was thrown in a worker: the last cause of an exception that a call has thrown. Its message names the
 * worker and the call; its stack trace is the worker's.
 */
public final class RemoteTraceback extends Exception {
    private static final long serialVersionUID = 1;

    RemoteTraceback(String message, StackTraceElement[] trace) {
        super(message, null, false, true);
        setStackTrace(trace);
    }
}
