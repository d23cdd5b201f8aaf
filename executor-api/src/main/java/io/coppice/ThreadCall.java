package io.coppice;

import io.coppice.wire.payload.Invocable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call in a thread pool and its future; what the JDK's pool runs. */
final class ThreadCall<R extends @Nullable Object> extends Promise<R> implements Runnable, MapResults.Chunk<R> {
    private @Nullable Invocable invocable; // until run: nothing a call holds outlives it here
    private @Nullable Object @Nullable [] arguments;
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private final ThreadCalls calls;

    ThreadCall(ThreadCalls calls, Invocable invocable, @Nullable Object[] arguments) {
        this.calls = calls;
        this.invocable = invocable;
        this.arguments = arguments;
    }

    @Override
    public void run() {
        Invocable toRun = invocable;
        @Nullable Object[] on = arguments;
        invocable = null;
        arguments = null;
        try {
            if (toRun == null || on == null || !tryStart()) return;
            Throwable failure = calls.initialized();
            if (failure != null) {
                endThrown(ThreadCalls.broken(failure));
                return;
            }
            Object result;
            try {
                result = toRun.invoke(on);
            } catch (Throwable thrown) {
                endThrown(thrown);
                return;
            }
            endReturned(result);
        } finally {
            uncount();
        }
    }

    /** Counted no more, once: it has ended, or was given back. */
    void uncount() {
        if (counted.compareAndSet(true, false)) calls.ended();
    }

    // ---- as a chunk of one item ----

    @Override
    public int size() {
        return 1;
    }

    @Override
    public boolean awaitOutcomes(long nanos) throws InterruptedException {
        return await(nanos);
    }

    @Override
    public Outcome<R> take(int item) {
        try {
            return new Outcome.Success<>(result());
        } catch (Throwable failure) {
            return new Outcome.Failure<>(failure);
        }
    }

    @Override
    public void cancelChunk() {
        cancel();
    }
}
