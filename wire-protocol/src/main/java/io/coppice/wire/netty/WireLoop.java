package io.coppice.wire.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
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

    private static final String PLAIN_FIRST = "PLAIN_FIRST";

    /** Who lives no longer than this has no use for Netty, and does not wait for its classes. */
    private static final Duration ON_PLAIN_SOCKETS = Duration.ofSeconds(3);

    private static final Duration UNTIL_LOADED = Duration.ofMillis(50);
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(10);

    /**
     * The JDK's sockets first, then Netty's channels; or what {@code -Dcoppice.transport} names. Others read it to wake
     * up.
     */
    private volatile Carrier carrier;

    private final Thread owner;
    private final BooleanSupplier hasWork;
    private final @Nullable Duration loadsNettyAfter; // null: it stays with what it has
    private boolean isToMove;

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

    /**
     * @param hasWork whether the owner has work of its own, so that a step must not wait; asked by the owner's thread
     */
    public WireLoop(Thread owner, BooleanSupplier hasWork) {
        this(owner, hasWork, System.getProperty("coppice.transport", transportOfNow()), ON_PLAIN_SOCKETS);
    }

    private static String transportOfNow() {
        return NettyLoading.state() == NettyLoading.State.DONE ? "NIO" : PLAIN_FIRST;
    }

    /** One that moves to Netty's channels after this time, or when it is told to. */
    static WireLoop plainFirst(Thread owner, BooleanSupplier hasWork, Duration onPlainSockets) {
        return new WireLoop(owner, hasWork, PLAIN_FIRST, onPlainSockets);
    }

    /** @param transport JDK, NETTY, or a name of one of Netty's: to the end; {@link #PLAIN_FIRST}: for so long */
    private WireLoop(Thread owner, BooleanSupplier hasWork, String transport, Duration onPlainSockets) {
        this.owner = owner;
        this.hasWork = hasWork;
        loadsNettyAfter = transport.equals(PLAIN_FIRST) ? onPlainSockets : null;
        try {
            if (transport.equals(PLAIN_FIRST) || transport.equals("JDK")) carrier = new PlainCarrier(hasWork);
            else carrier = new NettyCarrier(transport, owner, hasWork);
        } catch (IOException failure) {
            throw new UncheckedIOException("a selector could not be opened", failure);
        }
    }

    /** Handles what has come; waits for something to come only if nothing has and the owner has no work. */
    public void step() {
        try {
            boolean hasMoved = isToMove && move();
            carrier.step(hasMoved ? 0 : untilNextTimer()); // who made it move may be waiting for that
        } catch (IOException failed) {
            failWith(failed);
        }
        while (!timers.isEmpty() && timers.element().due - System.nanoTime() <= 0) run(timers.remove().task);
        Throwable bug = failure;
        failure = null;
        if (bug != null) throw new IllegalStateException("what the loop called has failed", bug);
    }

    /**
     * Netty's channels take over the sockets, with nothing under way on them: docs/decisions/0008-transport-choice.md.
     * A wakeup that still finds the carrier before has put in its work before, and the next step looks for work before
     * it waits.
     */
    private boolean move() throws IOException {
        PlainCarrier before = (PlainCarrier) carrier;
        if (!before.isAtRest()) return false; // after this step, then
        isToMove = false;
        NettyCarrier next;
        try {
            next = new NettyCarrier(NettyTransport.NIO, owner, hasWork);
        } catch (RuntimeException | OutOfMemoryError noDescriptors) {
            schedule(UNTIL_NEXT_TRY, () -> isToMove = true);
            return false;
        }
        carrier = next;
        before.moveTo(next);
        return true;
    }

    /** With the next step that finds nothing under way. */
    void moveToNetty() {
        isToMove = true;
    }

    boolean isOnNetty() {
        return carrier instanceof NettyCarrier;
    }

    private void loadNetty(Path folder) {
        switch (NettyLoading.begin(folder)) {
            case DONE -> moveToNetty();
            case FAILED -> {} // no Netty here: on as before
            default -> schedule(UNTIL_LOADED, () -> loadNetty(folder));
        }
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
        return listen(socket, admission, Strangers.Patience.OF_A_POOL);
    }

    /** As {@link #listen(Path, WorkerListener.Admission)}, with as much patience for strangers as this. */
    WorkerListener listen(Path socket, WorkerListener.Admission admission, Strangers.Patience patience) {
        if (loadsNettyAfter != null)
            schedule(loadsNettyAfter, () -> loadNetty(Objects.requireNonNull(socket.getParent())));
        return new WorkerListener(carrier, this, socket, admission, patience);
    }

    /** Closes what is still open and frees everything; the owner's last call. */
    @Override
    public void close() {
        carrier.close();
    }
}
