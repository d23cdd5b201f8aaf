package io.coppice;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coppice.thread.PoolThread;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The threads of thread pools that wait without a timeout for calls of thread pools, so that a wait which could never end
 * is refused instead of begun.
 *
 * <p>A wait is until one of some futures is done; who needs them all waits for one after the other. It is <em>stuck</em>
 * if each of these futures is a call that runs on a thread whose wait is stuck, or that is pending in a pool all of whose
 * threads, as many as it may have, are in stuck waits. {@link #begin} assumes that all waits it knows are stuck, strikes
 * out those that are not, and looks again until none is struck out: what is left is the largest set of waits that only
 * each other's threads could end.
 *
 * <p><b>No false alarm.</b> A thread that is known here does nothing but wait while the lock is held: it is entered before
 * it parks, and needs the lock to leave. So a call seen running on it is running on it all the while, and a call seen
 * pending in a pool whose threads are all known is not taken by any of them: though states are read one after the other,
 * what they say of a stuck set holds at one time. Nothing that runs in the set's threads can change it. What can, from
 * outside, is an interrupt, which is looked for, and a cancel of a pending call by a thread that is not in the set; that
 * one may come too late, as the exception is thrown first.
 *
 * <p><b>No deadlock is missed.</b> A set becomes stuck only by the start of a wait. A call that begins to run, begins on a
 * thread that does not wait; a call that is submitted has nobody yet who waits for it; that a future ends, by itself, only
 * frees. A wait for the first of several is begun anew, for those that are left, when its thread goes on waiting.
 *
 * <p>Not seen: a thread that waits by other means (a latch, a lock, {@code CompletableFuture.join}, the end of an
 * executor), one that waits with a timeout, one that is not of a thread pool. Each counts as free, and so do futures of
 * process pools and plain promises.
 *
 * <p>The lock is held for the look alone: not while anything waits, nor for user code, nor while a future is made done.
 */
final class Waits {
    private static final Object LOCK = new Object();

    @GuardedBy("LOCK")
    private static final Waiting ALL = new Waiting();

    /**
     * One thread's wait.
     *
     * @param caller the call that it runs, or runs a callback of
     * @param awaited it waits until one of these is done
     */
    record Wait(PoolThread thread, ThreadCall<?> caller, Iterable<? extends Promise<?>> awaited) {}

    private Waits() {}

    /** Loads what is here while there is stack and memory for it, and not in the middle of somebody's wait. */
    static void prepare() {}

    /** Whether waits of the calling thread are entered here. */
    static boolean concernThisThread() {
        return Thread.currentThread() instanceof PoolThread;
    }

    /**
     * This thread is about to wait until one of these is done, however long that takes.
     *
     * <p>To be followed by {@link #end} in any case, after the wait and before whatever else this thread does.
     *
     * @throws DeadlockException if it could never end
     */
    static void begin(Iterable<? extends Promise<?>> awaited) {
        if (!(Thread.currentThread() instanceof PoolThread thread)) return;
        if (!(thread.running() instanceof ThreadCall<?> caller)) return;
        Wait wait = new Wait(thread, caller, awaited);
        synchronized (LOCK) {
            ALL.add(wait);
            if (!isStuck(wait)) return;
            ALL.remove(wait);
        }
        throw deadlock(wait);
    }

    /** This thread waits no more, if it did. */
    static void end() {
        if (!(Thread.currentThread() instanceof PoolThread thread)) return;
        synchronized (LOCK) {
            ALL.waits.remove(thread);
        }
    }

    @GuardedBy("LOCK")
    private static boolean isStuck(Wait wait) {
        if (!ALL.holds(wait)) return false; // nearly always
        Waiting suspects = new Waiting();
        ALL.waits.values().forEach(suspects::add);
        boolean someWereStruckOut = true;
        while (someWereStruckOut) {
            someWereStruckOut = false;
            for (Wait suspect : List.copyOf(suspects.waits.values())) {
                if (suspects.holds(suspect)) continue;
                suspects.remove(suspect);
                someWereStruckOut = true;
            }
        }
        return suspects.waits.containsKey(wait.thread);
    }

    /** Some waits, by their threads. */
    private static final class Waiting {
        final Map<PoolThread, Wait> waits = new HashMap<>();

        void add(Wait wait) {
            waits.put(wait.thread, wait);
        }

        void remove(Wait wait) {
            waits.remove(wait.thread);
        }

        private boolean holdAllThreadsOf(ThreadCalls pool) {
            int threads = 0;
            for (Wait wait : waits.values()) if (wait.caller.pool() == pool) threads++;
            return threads == pool.maxThreads();
        }

        /** Whether this wait is stuck, if all waits in here are. */
        boolean holds(Wait wait) {
            if (wait.thread.isInterrupted()) return false;
            for (Promise<?> future : wait.awaited)
                if (!(future instanceof ThreadCall<?> call) || !holds(call)) return false;
            return true;
        }

        private boolean holds(ThreadCall<?> call) {
            if (call.isDone()) return false;
            if (call.isRunning()) {
                PoolThread runner = call.runner();
                return runner != null && waits.containsKey(runner);
            }
            // Pending. (Or just ended: then its thread is not in here.)
            return holdAllThreadsOf(call.pool());
        }
    }

    private static DeadlockException deadlock(Wait wait) {
        Iterator<? extends Promise<?>> all = wait.awaited.iterator();
        ThreadCall<?> awaited = (ThreadCall<?>) all.next();
        PoolThread runner = awaited.runner();
        int others = 0;
        for (; all.hasNext(); all.next()) others++;
        return new DeadlockException("wait would never end: only threads that wait themselves could end it: waiting="
                + wait.caller.describe() + ", thread=" + wait.thread.getName() + ", pool="
                + wait.caller.pool().name() + ", awaited=" + awaited.describe()
                + (others > 0 ? " and others, others=" + others : "")
                + (runner != null ? ", runsOn=" + runner.getName() : ", state=pending")
                + ", awaitedPool=" + awaited.pool().name() + ", maxWorkers="
                + awaited.pool().maxThreads()
                + "; give the pool more workers, wait with a timeout, or do not wait for a call inside the pool that runs"
                + " it");
    }
}
