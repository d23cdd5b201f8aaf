package io.coppice.pool;

import io.coppice.launch.Death.Circumstance;
import org.jspecify.annotations.Nullable;

/** What will be named as the reason for a worker's death, where its state does not tell it: the first reason stands. */
final class Blame {
    private @Nullable Circumstance circumstance;
    private @Nullable Throwable cause;
    private @Nullable String causeText;

    void put(Circumstance circumstance, @Nullable Throwable cause) {
        put(circumstance, cause, cause == null ? null : cause.toString());
    }

    /** The cause's text apart: where the cause is a user's exception, asking it is no business of this thread. */
    void put(Circumstance circumstance, @Nullable Throwable cause, @Nullable String causeText) {
        if (this.circumstance != null) return;
        this.circumstance = circumstance;
        this.cause = cause;
        this.causeText = causeText;
    }

    Circumstance circumstanceOr(Circumstance byState) {
        return circumstance != null ? circumstance : byState;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    @Nullable
    String causeText() {
        return causeText;
    }
}
