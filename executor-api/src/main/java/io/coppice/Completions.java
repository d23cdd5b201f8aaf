package io.coppice;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are done: each puts itself here once, when it is, and is O(1) to take. What wait and
 * asCompleted are made of. Closing takes it out of the futures that are not done.
 */
final class Completions<T extends @Nullable Object> implements AutoCloseable {
    private final LinkedBlockingQueue<Future<T>> done = new LinkedBlockingQueue<>();
    private final List<Registration> registrations = new ArrayList<>();

    private final class Registration extends Listeners.Listener {
        private @Nullable Promise<T> future; // until told or closed: nothing done is held here

        Registration(Promise<T> future) {
            this.future = future;
        }

        @Override
        void tell() {
            Promise<T> told = future;
            future = null;
            if (told != null) done.add(told);
        }
    }

    void register(Future<T> future) {
        if (!(future instanceof Promise<T> promise))
            throw new IllegalArgumentException(
                    "not a future of Coppice: class=" + future.getClass().getName());
        Registration registration = new Registration(promise);
        registrations.add(registration);
        promise.addListener(registration);
    }

    /** The next one that is done, waiting so long; null if the time is over first. */
    @Nullable
    Future<T> next(long nanos) throws InterruptedException {
        Future<T> ready = done.poll();
        return ready != null || nanos <= 0 ? ready : done.poll(nanos, TimeUnit.NANOSECONDS);
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
