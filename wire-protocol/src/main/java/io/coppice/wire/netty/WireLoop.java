package io.coppice.wire.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.PriorityQueue;
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
    private static final long LONG_NANOS = Duration.ofHours(1).toNanos();

    /** The JDK's sockets, unless {@code -Dcoppice.transport} names another: docs/decisions/0008-transport-choice.md. */
    private final Carrier carrier;

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long lastTimer;
    private @Nullable Throwable failure;

    private record Timer(long due, long number, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return due != other.due ? Long.signum(due - other.due) : Long.compare(number, other.number);
        }
    }

    /** A daemon thread that a loop runs well on. */
    public static Thread newThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @param hasWork whether the owner has work of its own, so that a step must not wait; asked by the owner's thread */
    public WireLoop(Thread owner, BooleanSupplier hasWork) {
        String transport = System.getProperty("coppice.transport", "JDK");
        try {
            carrier = transport.equals("JDK") ? new PlainCarrier(hasWork) : new NettyCarrier(transport, owner, hasWork);
        } catch (IOException failure) {
            throw new UncheckedIOException("a selector could not be opened", failure);
        }
    }

    /** Handles what has come; waits for something to come only if nothing has and the owner has no work. */
    public void step() {
        try {
            carrier.step(untilNextTimer());
        } catch (IOException failed) {
            failWith(failed);
        }
        while (!timers.isEmpty() && timers.element().due - System.nanoTime() <= 0) run(timers.remove().task);
        Throwable bug = failure;
        failure = null;
        if (bug != null) throw new IllegalStateException("what the loop called has failed", bug);
    }

    private long untilNextTimer() {
        Timer next = timers.peek();
        return next == null ? LONG_NANOS : next.due - System.nanoTime();
    }

    /** What an event or a timer has thrown: Netty would hide it, so the step throws it. Owner's thread. */
    void failWith(Throwable bug) {
        if (failure == null) failure = bug;
    }

    /** Ends the current or the next wait. Any thread; cheap when the loop is not waiting. */
    public void wakeup() {
        carrier.wakeup();
    }

    /** Runs the task on the owner's thread, in a step after this time; what it throws is thrown by that step. */
    public void schedule(Duration delay, Runnable task) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), ++lastTimer, task));
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable bug) {
            failWith(bug);
        }
    }

    /** Makes ready for a first worker, while it comes up: what there is to load for it is loaded. */
    public void awaitFirst() {
        FirstFrames.play();
    }

    /** Binds the private socket at this path, which must lie in a directory only this user can enter. */
    public WorkerListener listen(Path socket, WorkerListener.Admission admission) {
        return new WorkerListener(carrier, this, socket, admission);
    }

    /** Closes what is still open and frees everything; the owner's last call. */
    @Override
    public void close() {
        carrier.close();
    }
}
