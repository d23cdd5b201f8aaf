package io.coppice;

import io.coppice.lifetime.KeepAlive;
import io.coppice.lifetime.Log;
import io.coppice.thread.PoolThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one thread pool share: the initializer, which a thread runs before its first call, and the count of
 * unfinished ones, which keeps the JVM alive. Knows neither the executor nor its threads. Thread-safe.
 */
final class ThreadCalls {
    private final String name;
    private final int maxThreads;
    private final @Nullable Action initializer;
    private final KeepAlive keepAlive;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile @Nullable Throwable initializerFailure; // the first one that a thread has told

    ThreadCalls(String name, int maxThreads, @Nullable Action initializer) {
        this.name = name;
        this.maxThreads = maxThreads;
        this.initializer = initializer;
        Waits.prepare();
        keepAlive = new KeepAlive(name + "-keepalive", () -> unfinished.get() > 0);
    }

    String name() {
        return name;
    }

    int maxThreads() {
        return maxThreads;
    }

    /** A call is about to be queued. */
    void begun() {
        unfinished.incrementAndGet();
        keepAlive.hold();
    }

    /** A call that was begun has ended, or will not be run by the pool. */
    void ended() {
        if (unfinished.decrementAndGet() == 0) keepAlive.idle();
    }

    /** Throws if no call will run any more. */
    void checkNotBroken() {
        Throwable failure = initializerFailure;
        if (failure != null) throw broken(failure);
    }

    /** One for each who is told, as each adds a stack trace of its own. */
    BrokenThreadPool broken(Throwable failure) {
        return new BrokenThreadPool(
                "a thread's initializer failed, and the pool takes no more calls: pool=" + name + "; make a new pool",
                failure);
    }

    /** Runs the initializer if this thread has not yet; what it failed with, here or in another thread, or null. */
    @Nullable
    Throwable initialized(PoolThread thread) {
        if (thread.isInitialized() || initializer == null || initializerFailure != null) return initializerFailure;
        try {
            initializer.run();
            thread.setInitialized();
        } catch (Throwable failure) {
            if (initializerFailure == null) initializerFailure = failure;
            try {
                Log.of(ThreadPoolExecutor.class)
                        .error("exception in initializer: thread={}", thread.getName(), failure);
            } catch (Throwable itsMessageThrows) {
                // it is told to each caller all the same
            }
        }
        return initializerFailure;
    }
}
