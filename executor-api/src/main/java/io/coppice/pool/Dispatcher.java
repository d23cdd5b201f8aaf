package io.coppice.pool;

import io.coppice.launch.NestedPools;
import io.coppice.lifetime.ExitHook;
import io.coppice.lifetime.KeepAlive;
import io.coppice.wire.LentArray;
import io.coppice.wire.netty.WireLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool from outside: takes calls from any thread and passes them to its one thread, which owns all state and runs
 * {@link DispatcherLoop}. The thread starts with the first call; before that a pool is nothing but settings.
 *
 * <p>Thread-safe; nothing but {@link #await} waits, and {@link #submit} for what it was lent.
 *
 * <p>Why every accepted call ends: from {@link #submit} on a call is in the {@link Inbox}, in {@link PendingCalls}, or
 * with exactly one {@link Worker}, until its sink is told its end. Only the dispatcher's thread moves it, and that
 * leaves its loop only when the last two places are empty; then it says so and ends what is in the inbox, as does a
 * submitter that was too late ({@link Inbox#endLateCalls}).
 */
public final class Dispatcher {
    private final PoolSettings settings;
    private final Inbox inbox = new Inbox();
    private final DispatcherLoop body;
    private final KeepAlive keepAlive;
    private final Runnable whenEnded;
    private final ThreadFactory threads;

    private final Object startOrEnd = new Object();
    private @Nullable Thread thread; // guarded by startOrEnd
    private volatile boolean started;
    private final CompletableFuture<Void> over =
            new CompletableFuture<>(); // the thread's last act, or there will be none

    /**
     * @param whenEnded run when every call has ended, at least once
     * @param isAbandoned whether nobody can submit any more; asked by the dispatcher's thread now and then
     */
    public Dispatcher(PoolSettings settings, Runnable whenEnded, BooleanSupplier isAbandoned) {
        this(settings, whenEnded, isAbandoned, task -> WireLoop.newThread(task, settings.name() + "-dispatcher"));
    }

    Dispatcher(PoolSettings settings, Runnable whenEnded, BooleanSupplier isAbandoned, ThreadFactory threads) {
        this.settings = settings;
        this.whenEnded = whenEnded;
        this.threads = threads;
        body = new DispatcherLoop(settings, inbox, whenEnded, isAbandoned);
        keepAlive = body.keepAlive();
    }

    /**
     * Takes the call; its sink will be told its end. An array that it was lent is its owner's again afterwards: waits
     * while it is being sent, or copies it.
     *
     * @throws PoolBroken if the pool is broken
     * @throws RejectedExecutionException after shutdown; in a worker that may have no pool of its own
     */
    public void submit(Call call) {
        LentArray lent = call.lent();
        if (!started) call.waits(); // for a worker to come up
        accept(call);
        if (lent != null) takeBack(lent, call);
    }

    private static void takeBack(LentArray lent, Call call) {
        try {
            lent.awaitReturn();
        } catch (OutOfMemoryError noMemory) {
            if (call.refuse()) throw noMemory;
            lent.awaitSent(); // it is on its way to a worker that reads
        }
    }

    /**
     * Takes a series that something was appended to; its sink will be told the end of every item, also of those that
     * are appended later ({@link #appended}).
     *
     * @throws PoolBroken if the pool is broken
     * @throws RejectedExecutionException after shutdown
     */
    public void submit(Series series) {
        accept(series);
    }

    /**
     * Says that an item was appended to a series that was submitted. Costs nothing but a look, unless the dispatcher
     * had found the series empty; then it is as to submit it.
     *
     * @throws PoolBroken if the pool is broken, and was seen to be
     * @throws RejectedExecutionException after shutdown, if that was seen
     */
    public void appended(Series series) {
        if (series.wake()) accept(series);
    }

    private void accept(Work work) {
        checkOpen();
        if (!started) start();
        inbox.add(work);
        keepAlive.hold();
        inbox.wakeup();
        if (inbox.isEnded()) {
            inbox.endLateCalls();
            keepAlive.idle();
        }
    }

    /**
     * There will be a call, most likely: its worker starts to come up while it is still being encoded. Throws what
     * {@link #submit} would throw now.
     */
    public void prepare() {
        checkOpen();
        if (!started) start();
    }

    /** Throws what {@link #submit} would throw now. */
    public void checkOpen() {
        Breakage broken = inbox.breakage();
        if (broken != null) throw broken.refusal();
        if (inbox.isClosing())
            throw new RejectedExecutionException(
                    "no calls are taken after shutdown: pool=" + settings.name() + "; make a new pool");
    }

    /** Interrupts the call that goes there, in its worker, if it runs. */
    public void interrupt(CallSink sink) {
        inbox.request(() -> body.interrupt(sink));
    }

    /** As {@link #interrupt}; and if it goes on all the same, its worker is killed. */
    public void stop(CallSink sink) {
        inbox.request(() -> body.stop(sink));
    }

    /** No call that is not submitted yet will name this function. */
    public void close(PoolFunction function) {
        if (started) inbox.request(() -> body.close(function));
    }

    /** Takes no more calls; ends when those taken have ended. */
    public void shutdown(boolean cancelPending) {
        end(cancelPending ? body::cancelPending : () -> {});
    }

    /**
     * Takes no more calls, cancels those that no worker has, and interrupts the others. Waits for the dispatcher's
     * thread to have done so.
     *
     * @return those cancelled, in the order they were taken
     */
    public List<Unstarted> shutdownNow() {
        CompletableFuture<List<Unstarted>> cancelled = new CompletableFuture<>();
        end(() -> {
            body.interruptRunning();
            cancelled.complete(body.cancelPending());
        });
        CompletableFuture.anyOf(cancelled, over).join();
        return cancelled.getNow(List.of());
    }

    /**
     * Takes no more calls, and breaks those taken; ends when the workers have.
     *
     * @param by whose doing it is, for messages
     * @param byTerm whether workers get SIGTERM instead of SIGKILL
     */
    public void forceShutdown(String by, boolean byTerm) {
        Breakage forced = Breakage.forced(by);
        inbox.setBreakage(forced); // first: whoever is refused from now on is told why
        end(() -> body.forceShutdown(forced, byTerm));
    }

    private void end(Runnable how) {
        inbox.setClosing();
        synchronized (startOrEnd) {
            if (thread == null) { // there is nothing to end, and now there never will be
                inbox.setEnded();
                over.complete(null);
            }
        }
        if (inbox.isEnded()) whenEnded.run();
        else inbox.request(how);
    }

    public boolean isShutdown() {
        return inbox.isClosing() || inbox.breakage() != null;
    }

    /** How often workers were handed calls so far, one or several at once; exact for those whose results are there. */
    public long handOvers() {
        return body.handOvers();
    }

    /** Whether it is over: every call has ended, every worker and file is gone. */
    public boolean hasEnded() {
        return inbox.isEnded();
    }

    /** Waits until the dispatcher's thread has ended, too; says whether it has. */
    public boolean await(Duration atMost) throws InterruptedException {
        try {
            over.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
        Thread thread;
        synchronized (startOrEnd) {
            thread = this.thread;
        }
        if (thread != null) thread.join(); // it has nothing left to do
        return true;
    }

    @Override
    public String toString() {
        String state =
                inbox.isEnded() ? "terminated" : isShutdown() ? "shutting down" : started ? "running" : "not started";
        return settings.name() + ", " + state + ", maxWorkers=" + settings.maxWorkers();
    }

    private void start() {
        synchronized (startOrEnd) {
            checkOpen();
            if (thread != null) return;
            NestedPools.check();
            ExitHook exitHook = ExitHook.add(settings.name() + "-exit", body.atExit()::end);
            Thread made;
            try {
                made = threads.newThread(() -> {
                    try {
                        body.run();
                    } finally {
                        exitHook.remove();
                        over.complete(null);
                    }
                });
                made.start();
            } catch (Throwable noThread) {
                exitHook.remove();
                Breakage broken = new Breakage("the dispatcher's thread could not be started", noThread);
                inbox.setBreakage(broken);
                inbox.setEnded();
                over.complete(null);
                whenEnded.run();
                throw broken.refusal();
            }
            thread = made;
            started = true;
        }
    }
}
