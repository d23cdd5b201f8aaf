package io.coppice.pool;

import io.coppice.launch.Death;
import io.coppice.lifetime.Log;
import io.coppice.wire.FlightRecord;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a worker costs: nothing, a call and a new worker, or the pool with all its calls. Dispatcher thread
 * only.
 */
final class Deaths {
    private final PoolSettings settings;
    private final Inbox inbox;
    private final HandOver handOver;
    private final PendingCalls pending;
    private final AtExit atExit;
    private final Supplier<@Nullable Workers> workers;
    private final Aftermath aftermath;
    private final Restarts restarts;

    /** @param workers null as long as there are none */
    Deaths(
            PoolSettings settings,
            Inbox inbox,
            HandOver handOver,
            PendingCalls pending,
            AtExit atExit,
            Supplier<@Nullable Workers> workers,
            WorkerOwner owner) {
        this.settings = settings;
        this.inbox = inbox;
        this.handOver = handOver;
        this.pending = pending;
        this.atExit = atExit;
        this.workers = workers;
        aftermath = new Aftermath(settings.onDeath(), owner);
        restarts = new Restarts(settings.onDeath().mostInVain());
    }

    /** A worker takes calls. */
    void workerIsReady() {
        restarts.isReady();
    }

    void callWasAnswered() {
        restarts.hasAnswered();
    }

    /** A worker has ended, and all is known that will be. */
    void gone(Worker worker, Workers workers) {
        // Of one that leaves, or is let go: it had no call, and nobody waits for it; how it went is of no consequence.
        boolean isMissed = !worker.isExpendable() && worker.state() != Worker.State.LEAVING;
        boolean isForItsCall = worker.stopwatch.isSentenced();
        boolean poolGoesOn = !isMissed || isForItsCall || isReplaced(worker);
        FlightRecord record = isMissed && poolGoesOn ? aftermath.takeEnded(worker) : null;
        Death death = worker.death(); // counts what was ended by the record, too
        String loop = isMissed && poolGoesOn && !isForItsCall ? restarts.died(death) : null;
        // Where the death is one too many, what the worker had not ended is left for the broken pool.
        if (isMissed && poolGoesOn && loop == null) aftermath.settle(worker, death, record);
        List<Batch> batches = worker.takeHanded();
        workers.roster.remove(worker);
        handOver.ended(batches.size());
        // A worker that was let go, or killed for its call, goes in silence: to tell would load SLF4J for nothing else.
        if (!poolGoesOn || loop != null) died(worker, death, loop, batches);
        else if (isMissed && !isForItsCall)
            Log.of(Deaths.class).warn("a worker is replaced: pool={}, {}", settings.name(), death.describe(null));
        workers.cleanUp(worker);
    }

    private void died(Worker worker, Death death, @Nullable String loop, List<Batch> batches) {
        boolean isMissedByNone = batches.isEmpty() && inbox.isClosing() && handOver.isOver() && pending.isEmpty();
        if (loop == null && isMissedByNone)
            Log.of(Deaths.class).debug("a worker died while the pool was closing: {}", death.describe(null));
        else breakPool(new Breakage(loop, death, batches, worker.child.recordedTurn()), batches, false);
    }

    private boolean isReplaced(Worker worker) {
        return settings.onDeath().replaces() && worker.death().circumstance() != Death.Circumstance.INITIALIZER_FAILED;
    }

    /** No worker's fault: a defect here, or no memory. Ends every call first, and tells then: telling may fail, too. */
    void failed(String what, Throwable cause) {
        try {
            breakPool(new Breakage(what, cause), List.of(), false);
            if (atExit.jvmIsEnding()) return;
            Log.of(Deaths.class).error("{}: pool={}", what, settings.name(), cause);
        } catch (Throwable again) {
            pending.drain(new Breakage(what, cause)::endPending);
        }
    }

    /**
     * Ends every call. The pool is broken first: whoever sees a future broken finds the pool broken too.
     *
     * @param ofCulprit what the worker that broke it was handed
     * @param byTerm whether workers are asked to end, so that their shutdown hooks run
     */
    void breakPool(Breakage breakage, List<Batch> ofCulprit, boolean byTerm) {
        inbox.setBreakage(breakage);
        ofCulprit.forEach(breakage::endRunning);
        Workers workers = this.workers.get();
        if (workers != null)
            workers.endAll(byTerm, batch -> {
                handOver.ended(1);
                breakage.endRunning(batch);
            });
        pending.drain(breakage::endPending);
        if (!atExit.jvmIsEnding() && !breakage.isForced())
            Log.of(Deaths.class).warn("the process pool is broken: pool={}, {}", settings.name(), breakage);
    }
}
