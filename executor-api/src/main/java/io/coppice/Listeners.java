package io.coppice;

import io.coppice.lifetime.Log;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to know when one future is done: waiting threads, wait and asCompleted, callbacks. A stack that is pushed to
 * by CAS until the future is done, and closed by the one thread that takes it whole.
 *
 * <p>None is lost: a listener is pushed by a CAS that fails if the stack has changed, and who ends the future takes the
 * stack and closes it in one step; so each is either in what was taken, or finds the stack closed and tells itself. A
 * waiting thread pushes first and looks at the future second; the future is done before the stack is taken: either the
 * thread sees it done, or it is in the stack and is unparked.
 *
 * <p>Removing loses no other: nodes come in at the top alone, so a next, however stale, leads to a node further down, with
 * none but dead ones skipped; and the top is changed by CAS. Each rule has a test in src/stress.
 *
 * <p>A waiter whose time is over takes itself out: it is marked dead, then every dead node is unlinked. An unlinking that
 * races with another may leave a dead node in; the next one takes it out, and telling a dead node does nothing.
 */
final class Listeners {
    /** A node of the stack. */
    abstract static class Listener {
        volatile @Nullable Listener next;
        volatile boolean dead;

        /** The future is done. Called once, by any thread; must not block or throw. */
        abstract void tell();
    }

    /** Runs after all other listeners, in the order added, where the future's producer says. */
    static final class Callback<T extends @Nullable Object> extends Listener {
        private final Future<T> future;
        private final Consumer<? super Future<T>> callback;

        Callback(Future<T> future, Consumer<? super Future<T>> callback) {
            this.future = future;
            this.callback = callback;
        }

        @Override
        void tell() {
            try {
                callback.accept(future);
            } catch (Throwable thrown) {
                logged(thrown);
            }
        }

        private void logged(Throwable thrown) {
            try {
                Log.of(Future.class).error("exception calling callback for {}", future, thrown);
            } catch (Throwable cannotBeLogged) {
                // the next callback still runs
            }
        }
    }

    private static final class WaitingThread extends Listener {
        private final Thread thread = Thread.currentThread();

        @Override
        void tell() {
            LockSupport.unpark(thread);
        }
    }

    /** At the bottom of a stack that was taken: nothing can be pushed on it. */
    private static final Listener CLOSED = new Listener() {
        @Override
        void tell() {
            throw new AssertionError();
        }
    };

    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Listeners.class, "top", Listener.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile @Nullable Listener top;

    /** Adds a listener, or tells it at once if the future is done. */
    void add(Listener listener) {
        while (true) {
            Listener seen = top;
            if (seen == CLOSED) break;
            listener.next = seen;
            if (TOP.compareAndSet(this, seen, listener)) return;
        }
        listener.tell();
    }

    /** Takes the listener out; it may still be told if the future is being done meanwhile. */
    void remove(Listener listener) {
        listener.dead = true;
        boolean raced = true;
        while (raced) raced = unlinkDead();
    }

    /** False when a pass over the whole stack met no other thread. */
    private boolean unlinkDead() {
        Listener before = null;
        for (Listener at = top; at != null && at != CLOSED; ) {
            Listener next = at.next;
            if (!at.dead) {
                before = at;
            } else if (before != null) {
                before.next = next;
                if (before.dead) return true; // it may be unlinked itself, and what we linked to it with it
            } else if (!TOP.compareAndSet(this, at, next)) {
                return true;
            }
            at = next;
        }
        return false;
    }

    /** Called once, when the future has just been done: waiters first, then the callbacks on their executor. */
    void tell(Executor forCallbacks) {
        Listener taken = (Listener) TOP.getAndSet(this, CLOSED);
        if (taken == null) return;
        // The chain is only read here: a waiter that takes itself out may be relinking it at this moment.
        boolean hasCallbacks = false;
        for (Listener at = taken; at != null; at = at.next) {
            if (at instanceof Callback<?>) hasCallbacks = true;
            else if (!at.dead) at.tell();
        }
        if (hasCallbacks) forCallbacks.execute(() -> runCallbacks(taken));
    }

    private static void runCallbacks(Listener taken) {
        ArrayDeque<Listener> inOrder = new ArrayDeque<>();
        for (Listener at = taken; at != null; at = at.next)
            if (at instanceof Callback<?>) inOrder.addFirst(at); // first added, first called
        inOrder.forEach(Listener::tell);
    }

    /** Waits until the future is done. */
    void await(Promise<?> future) throws InterruptedException {
        await(future, Long.MAX_VALUE);
    }

    /** Waits until the future is done, or so long; says whether it is done. Long.MAX_VALUE is for ever. */
    boolean await(Promise<?> future, long nanos) throws InterruptedException {
        if (future.isDone()) return true;
        if (Thread.interrupted()) throw new InterruptedException();
        if (nanos <= 0) return false;
        boolean forEver = nanos == Long.MAX_VALUE;
        boolean mayDeadlock = forEver && Waits.concernThisThread();
        long start = System.nanoTime();
        WaitingThread self = new WaitingThread();
        add(self);
        try {
            if (mayDeadlock) Waits.begin(List.of(future));
            // The flag is cleared only when the wait is known to have ended: whoever looks at Waits relies on it.
            while (!future.isDone() && !Thread.currentThread().isInterrupted()) {
                long left = forEver ? nanos : nanos - (System.nanoTime() - start);
                if (left <= 0) break;
                if (forEver) LockSupport.park(future);
                else LockSupport.parkNanos(future, left);
            }
        } finally {
            if (mayDeadlock) Waits.end();
            if (!future.isDone()) remove(self);
        }
        if (future.isDone()) return true;
        if (Thread.interrupted()) throw new InterruptedException();
        return future.isDone();
    }
}
