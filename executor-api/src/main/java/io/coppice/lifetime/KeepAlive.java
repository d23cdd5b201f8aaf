package io.coppice.lifetime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM from ending while there is work: holds a thread that is no daemon and does nothing. Everything else
 * about an executor runs on daemon threads, so that one without work keeps nothing alive. Thread-safe.
 *
 * <p>No work is ever left without the thread:
 *
 * <ul>
 *   <li>Who adds work does so first and calls {@link #hold} second. The thread, to go, first says that it is gone and
 *       then looks for work. Whichever comes first, either hold sees that there is no thread, or the thread sees the work.
 *   <li>Who ends the last work does so first and calls {@link #idle} second. The thread, to wait without a limit, first
 *       says so and then looks for work: it sees some, whose end will call idle and wake it, or it goes on lingering.
 * </ul>
 *
 * It lingers before it goes, so that calls which follow each other do not start a thread each.
 */
public final class KeepAlive {
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String threadName;
    private final BooleanSupplier hasWork;
    private volatile @Nullable Thread holder;
    private volatile boolean lingering;
    private volatile boolean ended;

    /** @param hasWork whether there is work; asked by any thread */
    public KeepAlive(String threadName, BooleanSupplier hasWork) {
        this.threadName = threadName;
        this.hasWork = hasWork;
    }

    /** There is work. One volatile read when the thread is there already. */
    public void hold() {
        if (holder == null) startHolder();
    }

    /** Set only when the thread has started: whoever sees it may rely on it. */
    private synchronized void startHolder() {
        if (holder != null) return;
        Thread thread = new Thread(null, this::holdOn, threadName, 64 << 10);
        thread.setDaemon(false);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            // The work goes on; but if all other threads end first, so does the JVM.
            Log.of(KeepAlive.class).error("no thread could be started to keep the JVM alive: {}", threadName, noThread);
            return;
        }
        holder = thread;
        LockSupport.unpark(thread); // whoever was idle meanwhile could not
    }

    /** Whether the calling thread, the holder, may go. */
    private synchronized boolean letGo() {
        holder = null;
        if (!hasWork.getAsBoolean()) return true;
        holder = Thread.currentThread();
        return false;
    }

    /** There is no work left. One volatile read unless the thread was waiting for this. */
    public void idle() {
        if (lingering) return;
        lingering = true;
        LockSupport.unpark(holder);
    }

    /** There never will be any more work: nothing is waited for. Work that was added all the same is still held. */
    public void end() {
        ended = true;
        idle();
        LockSupport.unpark(holder); // it may linger already
    }

    private void holdOn() {
        do {
            while (!lingering) park(Long.MAX_VALUE);
            long start = System.nanoTime();
            for (long left = LINGER_NANOS; left > 0 && !ended; left = LINGER_NANOS - (System.nanoTime() - start))
                park(left);
            if (hasWork.getAsBoolean()) {
                lingering = false;
                if (!hasWork.getAsBoolean()) lingering = true;
            }
        } while (!lingering || !letGo());
    }

    private void park(long nanos) {
        if (nanos == Long.MAX_VALUE) LockSupport.park(this);
        else LockSupport.parkNanos(this, nanos);
        Thread.interrupted(); // nobody's business, and it would turn the wait into a spin
    }
}
