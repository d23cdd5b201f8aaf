package io.coppice;

import io.coppice.thread.PoolThread;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.Lambdas;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call in a thread pool and its future; what the JDK's pool runs. Holds nothing of the call once it has ended. */
class ThreadCall<R extends @Nullable Object> extends Promise<R> implements Runnable, MapResults.Segment<R> {
    private final ThreadCalls calls;
    private final AtomicBoolean counted = new AtomicBoolean(true);

    // Theirs who made the state leave PENDING: of the thread that runs the call, or of the one that cancelled it.
    private @Nullable Invocable invocable;
    private @Nullable Object @Nullable [] arguments;
    private @Nullable Object function; // for messages; others may read it, and may find that it is gone

    private @Nullable PoolThread runner; // guarded by state: written before RUNNING, cleared after the end
    private volatile boolean interruptSent; // to the runner of an abandoned call

    /** @param function what the user passed, which {@code invocable} wraps */
    ThreadCall(ThreadCalls calls, Invocable invocable, Object function, @Nullable Object[] arguments) {
        this.calls = calls;
        this.invocable = invocable;
        this.function = function;
        this.arguments = arguments;
    }

    ThreadCalls pool() {
        return calls;
    }

    /** The thread that runs it; null if none does. */
    @Nullable
    PoolThread runner() {
        return runner;
    }

    String describe() {
        Object described = function;
        return described == null ? "a call that has ended" : Lambdas.describe(described);
    }

    // ---- in a thread of the pool ----

    @Override
    public void run() {
        PoolThread thread = (PoolThread) Thread.currentThread();
        thread.setRunning(this);
        runner = thread;
        try {
            if (tryStart()) runOn(thread);
        } finally {
            runner = null;
            thread.setRunning(null);
            uncount();
        }
    }

    private void runOn(PoolThread thread) {
        Object result = null;
        Throwable thrown = calls.initialized(thread);
        if (thrown != null) {
            thrown = calls.broken(thrown);
        } else {
            try {
                result = invoke();
            } catch (Throwable failure) {
                thrown = failure;
            }
        }
        forget();
        Thread.interrupted(); // was meant for the call, not for its callbacks
        thread.becomesIdle(); // who sees the end may count on it
        if (thrown != null) endThrown(thrown);
        else endReturned(result);
        // An abandoned call's interrupt must not hit the next call. Once it is there, the JDK's pool clears it between
        // two.
        while (isCancelled() && !interruptSent) Thread.yield();
    }

    @SuppressWarnings("NullAway") // nobody else clears them once the call runs
    private @Nullable Object invoke() throws Throwable {
        @Nullable Object[] on = arguments;
        arguments = null; // the function alone says how long they live
        return invocable.invoke(on);
    }

    @Override
    java.util.concurrent.Executor callbackExecutor() {
        return callbacks -> {
            if (Thread.currentThread() instanceof PoolThread thread) thread.becomesBusyAgain();
            callbacks.run();
        };
    }

    private void forget() {
        invocable = null;
        function = null;
        arguments = null;
    }

    // ---- that will not be run, or not be waited for ----

    @Override
    void cancelled(boolean whileRunning) {
        if (!whileRunning) {
            forget();
            return;
        }
        PoolThread thread = runner; // it does not leave this call before it sees that the interrupt was sent
        if (thread != null) thread.interrupt();
        interruptSent = true;
    }

    /** Counted no more, once: it has ended, or was given back. */
    void uncount() {
        if (counted.compareAndSet(true, false)) calls.ended();
    }

    /** Cancels it; what it would have run, as a task of its own, or null if it was cancelled before. */
    @Nullable
    Runnable giveBack() {
        Invocable toRun = invocable;
        @Nullable Object[] on = arguments;
        boolean was = isCancelled();
        cancel();
        uncount();
        return was || toRun == null || on == null ? null : asTask(toRun, on);
    }

    private static Runnable asTask(Invocable invocable, @Nullable Object[] arguments) {
        if (invocable instanceof Command command) return command.function();
        return () -> {
            try {
                invocable.invoke(arguments);
            } catch (Throwable thrown) {
                throw Rethrow.unchecked(thrown);
            }
        };
    }

    /** What was given to {@code execute}, and is given back as it came. */
    record Command(Runnable function) implements Invocable {
        @Override
        public int arity() {
            return 0;
        }

        @Override
        public @Nullable Object invoke(@Nullable Object[] arguments) {
            function.run();
            return null;
        }
    }

    // ---- as the segment of a map that is this one item ----

    @Override
    public int size() {
        return 1;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public boolean isThere() {
        return isDone();
    }

    @Override
    public boolean awaitNext(long nanos) throws InterruptedException {
        return await(nanos);
    }

    @Override
    public R take() throws Exception {
        return result();
    }

    @Override
    public void cancelRest() {
        cancel();
    }
}
