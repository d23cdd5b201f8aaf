package io.coppice;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are done: each puts itself here once, when it is, and is O(1) to take. What wait and
 * asCompleted are made of. Closing takes it out of the futures that are not done. One thread at a time takes.
 *
 * <p>No completion is missed: who takes says that it waits, then looks; a future puts itself here, then looks who waits.
 */
final class Completions<T extends @Nullable Object> implements AutoCloseable {
    private final ConcurrentLinkedQueue<Future<T>> done = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread waiting; // written by the thread that takes
    private final List<Registration> registrations = new ArrayList<>();
    private int registered;
    private int taken;

    private final class Registration extends Listeners.Listener {
        private @Nullable Promise<T> future; // until told or closed: nothing done is held here

        Registration(Promise<T> future) {
            this.future = future;
        }

        @Override
        void tell() {
            Promise<T> told = future;
            future = null;
            if (told == null) return;
            done.add(told);
            LockSupport.unpark(waiting);
        }
    }

    void register(Future<T> future) {
        Promise<T> promise = Futures.ours(future);
        Registration registration = new Registration(promise);
        registrations.add(registration);
        registered++;
        promise.addListener(registration);
    }

    /** The next one that is done, waiting so long; null if the time is over first. */
    @Nullable
    Future<T> next(long nanos) throws InterruptedException {
        Future<T> next = done.poll();
        if (next == null && nanos > 0) next = await(nanos);
        if (next != null) taken++;
        return next;
    }

    private @Nullable Future<T> await(long nanos) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        boolean forEver = nanos == Long.MAX_VALUE;
        Waits.Wait wait = forEver && Waits.concernThisThread() ? beginWait() : null;
        long start = System.nanoTime();
        Future<T> next;
        waiting = Thread.currentThread();
        try {
            // The flag is cleared only when the wait is known to have ended: whoever looks at Waits relies on it.
            while ((next = done.poll()) == null && !Thread.currentThread().isInterrupted()) {
                long left = forEver ? nanos : nanos - (System.nanoTime() - start);
                if (left <= 0) break;
                if (forEver) LockSupport.park(this);
                else LockSupport.parkNanos(this, left);
            }
        } finally {
            waiting = null;
            Waits.end(wait);
        }
        if (next == null && Thread.interrupted()) throw new InterruptedException();
        return next;
    }

    /** Null if one is done already and just about to come. */
    private Waits.@Nullable Wait beginWait() {
        List<Promise<T>> pending = new ArrayList<>();
        registrations.removeIf(registration -> {
            Promise<T> future = registration.future; // null for all that were taken: the queue orders it
            if (future != null) pending.add(future);
            return future == null;
        });
        return pending.size() == registered - taken ? Waits.begin(pending) : null;
    }

    @Override
    public void close() {
        for (Registration registration : registrations) {
            Promise<T> future = registration.future;
            if (future != null) future.removeListener(registration);
        }
        registrations.clear();
    }
}
