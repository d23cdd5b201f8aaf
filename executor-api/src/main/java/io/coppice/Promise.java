package io.coppice;

import static io.coppice.PromiseState.CANCELLED;
import static io.coppice.PromiseState.NOTIFIED;
import static io.coppice.PromiseState.NULL_RESULT;
import static io.coppice.PromiseState.RUNNING;

import io.coppice.PromiseState.Failed;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The producer's side of a {@link Future}: what an executor, or a test, uses to say how a call goes. Thread-safe.
 *
 * <pre>{@code
 * Promise<Integer> promise = new Promise<>();
 * if (promise.setRunningOrNotifyCancel()) promise.setResult(42);
 * }</pre>
 *
 * @param <T> the result
 */
/*
 * One reference holds the whole state, so every transition is one CAS and a snapshot is one read:
 *
 *   PENDING   null          -> RUNNING    handed to a worker                         setRunningOrNotifyCancel
 *                           -> CANCELLED  cancel() won                               any thread
 *                           -> ended      a result or failure, straight from pending setResult, setException, engine
 *   RUNNING                 -> ended      likewise
 *                           -> PENDING    a worker gave it back, or died             handBack
 *                           -> CANCELLED  cancel(true) of a process pool's           cancelAlsoRunning
 *                                         nobody waits for it any more               abandon: invokeAll, invokeAny
 *   CANCELLED               -> NOTIFIED   the executor has seen that it must not run setRunningOrNotifyCancel
 *   ended     NULL_RESULT, a Failed, an Unread, or the result itself
 *   Unread                  -> NULL_RESULT, a Failed, the result: read by the first who asks (see Unread)
 *
 * Only these. `ended`, CANCELLED and NOTIFIED are done: listeners are taken and told exactly once, by the thread whose
 * CAS made the future done, after that CAS and outside any lock (there is none). A listener added concurrently either
 * gets into the stack before it is closed, and is told by that thread, or finds it closed and is told by its own. What was
 * written before the CAS that ends a future is seen by whoever sees it done: the state is volatile. Each of these has a
 * test in src/stress.
 */
public class Promise<T extends @Nullable Object> implements Future<T> {
    /**
     * Ended, with bytes that nobody has looked at. The first thread that asks reads them, on its own time: the
     * dispatcher never runs a user's deserializer, and what nobody asks for is never decoded. Two threads may both read;
     * one of the values is kept and both get it.
     */
    interface Unread {
        @Nullable
        Object read() throws Throwable;
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Promise.class, "state", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile @Nullable Object state; // null: PENDING
    private final Listeners listeners = new Listeners();

    /** A pending one. */
    public Promise() {}

    // ---- the producer's side ----

    /**
     * The call is about to run: from now on it cannot be cancelled. To be asked once, before running it.
     *
     * @return false if the future was cancelled and the call must not run
     * @throws InvalidStateException if the call runs or has ended already
     */
    public boolean setRunningOrNotifyCancel() {
        if (STATE.compareAndSet(this, null, RUNNING)) return true;
        if (STATE.compareAndSet(this, CANCELLED, NOTIFIED)) return false;
        throw new InvalidStateException("future is not pending: " + PromiseState.name(state) + ": " + this);
    }

    /**
     * The call has returned this. Callbacks run before this returns, in this thread.
     *
     * @param result what it returned
     * @throws InvalidStateException if the future has ended or was cancelled
     */
    public void setResult(T result) {
        if (!endWith(result == null ? NULL_RESULT : result)) throw alreadyEnded();
    }

    /**
     * The call has thrown this. Callbacks run before this returns, in this thread.
     *
     * @param exception what it threw
     * @throws InvalidStateException if the future has ended or was cancelled
     */
    public void setException(Throwable exception) {
        if (!endWith(new Failed(Objects.requireNonNull(exception, "exception")))) throw alreadyEnded();
    }

    /** As {@link #setResult}, of a result whose type the caller vouches for. */
    final boolean endReturned(@Nullable Object result) {
        return endWith(result == null ? NULL_RESULT : result);
    }

    /** As {@link #setRunningOrNotifyCancel}, for a promise that others may have ended: then false. */
    final boolean tryStart() {
        if (STATE.compareAndSet(this, null, RUNNING)) return true;
        STATE.compareAndSet(this, CANCELLED, NOTIFIED);
        return false;
    }

    /** Takes {@link #tryStart} back: whoever was to run it has not begun and will not, or died and another will. */
    final void handBack() {
        STATE.compareAndSet(this, RUNNING, null);
    }

    /** As {@link #setException}, of a promise that others may have ended. */
    final boolean endThrown(Throwable exception) {
        return endWith(new Failed(exception));
    }

    /** An outcome to be read by whoever asks; false if the future has ended or was cancelled. */
    final boolean endUnread(Unread outcome) {
        return endWith(outcome);
    }

    private boolean endWith(Object end) {
        while (true) {
            Object seen = state;
            if (PromiseState.isDone(seen)) return false;
            if (STATE.compareAndSet(this, seen, end)) break;
        }
        listeners.tell(callbackExecutor());
        return true;
    }

    /** Where callbacks run when the producer ends this future. */
    java.util.concurrent.Executor callbackExecutor() {
        return Runnable::run;
    }

    private InvalidStateException alreadyEnded() {
        return new InvalidStateException(PromiseState.name(state) + ": " + this);
    }

    // ---- the consumer's side ----

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return cancelAndTell(Runnable::run);
    }

    /** Cancels, with the callbacks run by this executor. */
    final boolean cancelAndTell(java.util.concurrent.Executor callbacks) {
        if (!STATE.compareAndSet(this, null, CANCELLED)) return isCancelled();
        cancelled(false);
        listeners.tell(callbacks);
        return true;
    }

    /**
     * Ends it as cancelled, also if it runs: what it ends with makes no difference any more. Its producer need not notice;
     * what it says afterwards is dropped.
     */
    final void abandon() {
        cancelAlsoRunning(false);
    }

    /**
     * As {@link #abandon}, and says whether it was that.
     *
     * @param stopped whether its producer must notice
     */
    final boolean cancelAlsoRunning(boolean stopped) {
        while (!cancelAndTell(Runnable::run) && !isDone()) { // it may be given back and handed over, again and again
            if (!STATE.compareAndSet(this, RUNNING, CANCELLED)) continue;
            if (stopped) stopped();
            else cancelled(true);
            listeners.tell(Runnable::run);
        }
        return isCancelled();
    }

    /** Called once, by the thread that has just cancelled this, before anybody is told. */
    void cancelled(boolean whileRunning) {}

    /** Called instead where it runs, and must not go on. */
    void stopped() {}

    @Override
    public boolean isCancelled() {
        return PromiseState.isCancelled(state);
    }

    @Override
    public boolean isRunning() {
        return state == RUNNING;
    }

    @Override
    public boolean isDone() {
        return PromiseState.isDone(state);
    }

    @Override
    public T result() throws Exception {
        listeners.await(this);
        return PromiseState.result(settled());
    }

    @Override
    public T result(Duration timeout) throws Exception {
        awaitFor(Durations.nanos(timeout));
        return PromiseState.result(settled());
    }

    @Override
    public @Nullable Throwable exception() throws InterruptedException {
        listeners.await(this);
        return PromiseState.exception(settled());
    }

    @Override
    public @Nullable Throwable exception(Duration timeout) throws InterruptedException, TimeoutException {
        awaitFor(Durations.nanos(timeout));
        return PromiseState.exception(settled());
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        listeners.await(this);
        return PromiseState.resultOrExecutionException(settled());
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        awaitFor(Durations.nanos(timeout, unit));
        return PromiseState.resultOrExecutionException(settled());
    }

    @Override
    public void addDoneCallback(Consumer<? super Future<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        listeners.add(new Listeners.Callback<>(this, callback));
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        return FutureBridge.of(this);
    }

    @Override
    public Snapshot<T> snapshot() {
        return PromiseState.snapshot(settled());
    }

    /** For wait and asCompleted: tells this listener when the future is done, now if it already is. */
    final void addListener(Listeners.Listener listener) {
        listeners.add(listener);
    }

    final void removeListener(Listeners.Listener listener) {
        listeners.remove(listener);
    }

    /** Waits until the future is done; false if the time is over first. */
    final boolean await(long nanos) throws InterruptedException {
        return listeners.await(this, nanos);
    }

    private void awaitFor(long nanos) throws InterruptedException, TimeoutException {
        if (!await(nanos))
            throw new TimeoutException("call has not ended in time: waitedMillis="
                    + Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos)) + ", future=" + this);
    }

    /** The state, with bytes nobody has read turned into what they mean. */
    private @Nullable Object settled() {
        Object seen = state;
        if (!(seen instanceof Unread unread)) return seen;
        Object read;
        try {
            Object value = unread.read();
            read = value == null ? NULL_RESULT : value;
        } catch (Throwable failure) {
            read = new Failed(failure);
        }
        return STATE.compareAndSet(this, unread, read) ? read : state;
    }

    /** As Python's: {@code <Future at 0x1b2c3d state=finished returned Integer>}. */
    @Override
    public String toString() {
        return "<Future at 0x" + Integer.toHexString(System.identityHashCode(this)) + " state="
                + PromiseState.describe(state) + ">";
    }
}
