package io.coppice.pool;

import java.util.concurrent.RejectedExecutionException;

/** The pool takes no call because it is broken; {@code io.coppice} makes a BrokenProcessPool of it. */
public final class PoolBroken extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    PoolBroken(String message, Fault fault) {
        super(message, fault.cause());
        this.fault = fault;
    }

    /** Why it is. */
    public Fault fault() {
        return fault;
    }
}
