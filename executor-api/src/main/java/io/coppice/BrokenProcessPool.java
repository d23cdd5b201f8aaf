package io.coppice;

import io.coppice.pool.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a {@link ProcessPoolExecutor} ended without being asked to, could not be started, or its initializer
 * failed. The message tells which worker, its pid and exit code, what it was running, and what became of this call;
 * {@link #report} tells all that is known. Every future has an instance of its own.
 */
public final class BrokenProcessPool extends BrokenExecutor {
    private static final long serialVersionUID = 1;

    private final transient @Nullable CrashReport report;
    private final boolean poolGoesOn;

    private BrokenProcessPool(String message, Fault fault, boolean poolGoesOn) {
        super(message, fault.cause());
        report = fault.death() == null ? null : CrashReport.of(fault.death(), fault.running());
        this.poolGoesOn = poolGoesOn;
    }

    /** The whole pool is broken. */
    static BrokenProcessPool ofAll(String message, Fault fault) {
        return new BrokenProcessPool(message, fault, false);
    }

    /** Of the one call that the worker was running. */
    static BrokenProcessPool ofOne(String message, Fault fault) {
        return new BrokenProcessPool(message, fault, true);
    }

    /**
     * Whether only this call was lost, with the worker that ran it: so it is under {@link OnWorkerDeath#replace} and
     * {@link OnWorkerDeath#retry}, and other calls go on, and may be submitted. If not, the pool is of no more use. In one
     * that a call has thrown, that is a pool inside of the worker, and there is no {@link #report}.
     *
     * @return true if the pool was not broken by what this tells of
     */
    public boolean poolGoesOn() {
        return poolGoesOn;
    }

    /**
     * What is known of the worker whose end broke the pool, or under {@link OnWorkerDeath#replace} this call alone: how
     * it died, what it was running, the last of what it printed, the JVM's crash report. Where the pool broke it is the
     * same worker for all calls, also those that another one ran or that had not started.
     *
     * @return null where no worker's end did, as after {@link ProcessPoolExecutor#killWorkers}, and in an exception that
     *     was serialized
     */
    public @Nullable CrashReport report() {
        return report;
    }
}
