package io.coppice.pool;

import io.coppice.launch.Death;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why the pool is broken: the death that broke it, told to each call in the words that fit it. Made when the worker's
 * running call is still known.
 */
final class Breakage {
    private static final String WAY_OUT = "make a new pool";

    private final String what;
    private final List<Batch> ofCulprit;
    private final @Nullable Batch running;
    private final boolean forced;
    private final Fault fault;

    /**
     * @param loop why this death is one too many; null if one is enough
     * @param ofCulprit what the worker that died was handed, in order
     * @param begun the turn that it had begun last: what is before that had ended, and was not sent; -1 if it has noted none
     */
    Breakage(@Nullable String loop, Death death, List<Batch> ofCulprit, long begun) {
        Batch batch = ofCulprit.isEmpty() ? null : ofCulprit.get(0);
        for (Batch each : ofCulprit) if (each.nextTurn() <= begun) batch = each;
        running = batch;
        String call = batch == null ? null : batch.describe(begun);
        what = (loop == null ? "" : loop + ": ") + death.describe(call);
        this.ofCulprit = List.copyOf(ofCulprit);
        forced = false;
        fault = new Fault(death.cause(), death, call);
    }

    private Breakage(String what, boolean forced, Fault fault) {
        this.what = what;
        ofCulprit = List.of();
        running = null;
        this.forced = forced;
        this.fault = fault;
    }

    /** @param by the method that was called */
    static Breakage forced(String by) {
        return new Breakage("the pool was forcefully shut down: by=" + by, true, Fault.UNKNOWN);
    }

    /** A failure of our own, not of a worker's. */
    Breakage(String what, Throwable cause) {
        this.what = what + ": " + cause;
        ofCulprit = List.of();
        running = null;
        forced = false;
        fault = new Fault(cause, null, null);
    }

    /** Ends what had been handed to a worker. */
    void endRunning(Batch batch) {
        int place = ofCulprit.indexOf(batch);
        if (batch == running) batch.forEachUnfinished(work -> end(work, ""));
        else if (place >= 0 && place < ofCulprit.indexOf(running))
            batch.forEachUnfinished(work -> end(work, " had ended, and its result was lost with its worker: "));
        else if (place >= 0) batch.forEachUnfinished(work -> end(work, " was next in the worker that died: "));
        else if (forced) batch.forEachUnfinished(work -> end(work, " was running: "));
        else batch.forEachUnfinished(work -> end(work, " was running on another worker when the pool broke: "));
    }

    void endPending(Work work) {
        end(work, forced ? " had not started: " : " had not started when the pool broke: ");
    }

    /** Whether somebody asked for it. */
    boolean isForced() {
        return forced;
    }

    private void end(Work work, String fate) {
        Supplier<String> description = work.description();
        work.broken(() -> (fate.isEmpty() ? "" : description.get() + fate) + what + "; " + WAY_OUT, fault);
    }

    PoolBroken refusal() {
        if (forced) return new PoolBroken("no calls are taken: " + what + "; " + WAY_OUT, fault);
        return new PoolBroken("pool is broken and takes no more calls: " + what + "; " + WAY_OUT, fault);
    }

    @Override
    public String toString() {
        return what;
    }
}
