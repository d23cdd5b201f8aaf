package io.coppice.it;

import io.coppice.Promise;
import java.io.IOException;

/** Every state a future can be in, and what it then says of itself. */
enum FutureState {
    PENDING(false, false, false, "pending"),
    RUNNING(false, true, false, "running"),
    CANCELLED(true, false, true, "cancelled"),
    /** Cancelled, and its executor has seen it. */
    NOTIFIED(true, false, true, "cancelled"),
    RAISED(true, false, false, "finished raised IOException"),
    RETURNED(true, false, false, "finished returned Integer");

    final boolean done;
    final boolean running;
    final boolean cancelled;
    /** As toString has it. */
    final String inWords;

    FutureState(boolean done, boolean running, boolean cancelled, String inWords) {
        this.done = done;
        this.running = running;
        this.cancelled = cancelled;
        this.inWords = inWords;
    }

    /** A new future in this state; one that has ended did so with 42, or with "on purpose". */
    Promise<Integer> make() {
        Promise<Integer> promise = new Promise<>();
        if (cancelled) promise.cancel();
        if (this != PENDING && this != CANCELLED) promise.setRunningOrNotifyCancel();
        if (this == RAISED) promise.setException(new IOException("on purpose"));
        if (this == RETURNED) promise.setResult(42);
        return promise;
    }
}
