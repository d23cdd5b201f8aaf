package io.coppice.wire.netty;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The event loop that one thread, its owner, drives step by step: sockets, timers, and waiting. Between two steps the
 * owner does its own work. Only {@link #wakeup} may be called from other threads.
 *
 * <p>Owning the thread, instead of lending it from a Netty group, is what lets one thread hold all state of a pool,
 * batch its writes per step, and end without the second that Netty's global executor would keep the JVM alive.
 */
public final class WireLoop implements AutoCloseable {
    private final Transport transport = Transport.best();
    private final ManualIoEventLoop loop;
    private @Nullable Throwable failure;

    /** A daemon thread that a loop runs well on. */
    public static Thread newThread(Runnable task, String name) {
        Thread thread = new FastThreadLocalThread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @param hasWork whether the owner has work of its own, so that a step must not wait; asked by the owner's thread */
    public WireLoop(Thread owner, BooleanSupplier hasWork) {
        // Netty asks canBlock after it has armed wakeup(), so a wakeup that comes before the wait is never lost.
        loop = new ManualIoEventLoop(owner, transport.ioHandler()) {
            @Override
            protected boolean canBlock() {
                return super.canBlock() && !hasWork.getAsBoolean();
            }
        };
    }

    /** Handles what has come; waits for something to come only if nothing has and the owner has no work. */
    public void step() {
        loop.run(Long.MAX_VALUE);
        Throwable bug = failure;
        failure = null;
        if (bug != null) throw new IllegalStateException("what the loop called has failed", bug);
    }

    /** What an event or a timer has thrown: Netty would hide it, so the step throws it. Owner's thread. */
    void failWith(Throwable bug) {
        if (failure == null) failure = bug;
    }

    /** Ends the current or the next wait. Any thread; cheap when the loop is not waiting. */
    public void wakeup() {
        loop.wakeup();
    }

    /** Runs the task on the owner's thread, in a step after this time; what it throws is thrown by that step. */
    public void schedule(Duration delay, Runnable task) {
        loop.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable bug) {
            failWith(bug);
        }
    }

    /** Binds the private socket at this path, which must lie in a directory only this user can enter. */
    public WorkerListener listen(Path socket, WorkerListener.Admission admission) {
        return new WorkerListener(transport, this, loop, socket, admission);
    }

    /** Closes what is still open and frees everything; the owner's last call. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!loop.isTerminated()) loop.runNow();
    }
}
