package io.coppice.pool;

import io.coppice.launch.Death;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why the pool is broken: the death that broke it, told to each call in the words that fit it. Made when the worker's
 * running call is still known.
 */
final class Breakage {
    private static final String WAY_OUT = "make a new pool";

    private final String what;
    private final @Nullable Call culprit;
    private final @Nullable Throwable cause;

    Breakage(Death death, @Nullable Call running) {
        what = death.describe(running == null ? null : running.describe());
        culprit = running;
        cause = death.cause();
    }

    /** A failure of our own, not of a worker's. */
    Breakage(String what, Throwable cause) {
        this.what = what + ": " + cause;
        this.culprit = null;
        this.cause = cause;
    }

    /** Ends a call that had been handed to a worker. */
    void endRunning(Call call) {
        if (call == culprit) end(call, "");
        else end(call, " was running on another worker when the pool broke: ");
    }

    void endPending(Call call) {
        end(call, " had not started when the pool broke: ");
    }

    private void end(Call call, String fate) {
        Supplier<String> description = call.description();
        call.broken(() -> (fate.isEmpty() ? "" : description.get() + fate) + what + "; " + WAY_OUT, cause);
    }

    PoolBroken refusal() {
        return new PoolBroken("pool is broken and takes no more calls: " + what + "; " + WAY_OUT, cause);
    }

    @Override
    public String toString() {
        return what;
    }
}
