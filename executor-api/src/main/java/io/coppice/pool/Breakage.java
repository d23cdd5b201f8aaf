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
    private final @Nullable Batch culprit;
    private final boolean forced;
    private final @Nullable Throwable cause;

    Breakage(Death death, @Nullable Batch running) {
        what = death.describe(running == null ? null : running.describe());
        culprit = running;
        forced = false;
        cause = death.cause();
    }

    /** Asked for. */
    private Breakage(String what) {
        this.what = what;
        culprit = null;
        forced = true;
        cause = null;
    }

    /** @param by the method that was called */
    static Breakage forced(String by) {
        return new Breakage("the pool was forcefully shut down: by=" + by);
    }

    /** A failure of our own, not of a worker's. */
    Breakage(String what, Throwable cause) {
        this.what = what + ": " + cause;
        culprit = null;
        forced = false;
        this.cause = cause;
    }

    /** Ends what had been handed to a worker. */
    void endRunning(Batch batch) {
        if (batch == culprit) batch.forEachUnfinished(call -> end(call, ""));
        else if (forced) batch.forEachUnfinished(call -> end(call, " was running: "));
        else batch.forEachUnfinished(call -> end(call, " was running on another worker when the pool broke: "));
    }

    void endPending(Call call) {
        end(call, forced ? " had not started: " : " had not started when the pool broke: ");
    }

    /** Whether somebody asked for it. */
    boolean isForced() {
        return forced;
    }

    private void end(Call call, String fate) {
        Supplier<String> description = call.description();
        call.broken(() -> (fate.isEmpty() ? "" : description.get() + fate) + what + "; " + WAY_OUT, cause);
    }

    PoolBroken refusal() {
        if (forced) return new PoolBroken("no calls are taken: " + what + "; " + WAY_OUT, null);
        return new PoolBroken("pool is broken and takes no more calls: " + what + "; " + WAY_OUT, cause);
    }

    @Override
    public String toString() {
        return what;
    }
}
