package io.coppice;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
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
    private final ConcurrentLinkedQueue<Registration> done = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread waiting; // written by the thread that takes
    private final List<Registration> registrations = new ArrayList<>();
    private int firstLeft; // those before were taken

    private final class Registration extends Listeners.Listener {
        @Nullable
        Promise<T> future; // until taken or closed: nothing that was given is held here

        Registration(Promise<T> future) {
            this.future = future;
        }

        @Override
        void tell() {
            done.add(this);
            LockSupport.unpark(waiting);
        }
    }

    void register(Future<T> future) {
        Promise<T> promise = Futures.ours(future);
        Registration registration = new Registration(promise);
        registrations.add(registration);
        promise.addListener(registration);
    }

    /** The next one that is done, waiting so long; null if the time is over first. */
    @Nullable
    Future<T> next(long nanos) throws InterruptedException {
        Registration next = done.poll();
        if (next == null && nanos > 0) next = await(nanos);
        if (next == null) return null;
        Future<T> taken = next.future;
        next.future = null;
        return taken;
    }

    private @Nullable Registration await(long nanos) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        boolean forEver = nanos == Long.MAX_VALUE;
        boolean mayDeadlock = forEver && Waits.concernThisThread();
        long start = System.nanoTime();
        Registration next;
        waiting = Thread.currentThread();
        try {
            if (mayDeadlock) Waits.begin(this::left);
            // The flag is cleared only when the wait is known to have ended: whoever looks at Waits relies on it.
            while ((next = done.poll()) == null && !Thread.currentThread().isInterrupted()) {
                long left = forEver ? nanos : nanos - (System.nanoTime() - start);
                if (left <= 0) break;
                if (forEver) LockSupport.park(this);
                else LockSupport.parkNanos(this, left);
            }
        } finally {
            waiting = null;
            if (mayDeadlock) Waits.end();
        }
        if (next == null && Thread.interrupted()) throw new InterruptedException();
        return next;
    }

    /**
     * What was not taken yet, one by one: the first is mostly enough to see that a wait will end. Other threads look at it
     * only while this one is in a wait, and then nothing changes here.
     */
    private Iterator<Promise<?>> left() {
        while (firstLeft < registrations.size() && registrations.get(firstLeft).future == null) firstLeft++;
        return registrations.subList(firstLeft, registrations.size()).stream()
                .<Promise<?>>map(registration -> registration.future)
                .filter(Objects::nonNull)
                .iterator();
    }

    @Override
    public void close() {
        for (Registration registration : registrations) {
            Promise<T> future = registration.future;
            registration.future = null;
            if (future != null) future.removeListener(registration);
        }
        registrations.clear();
    }
}
