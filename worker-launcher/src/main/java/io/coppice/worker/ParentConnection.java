package io.coppice.worker;

import io.coppice.wire.CodeName;
import io.coppice.wire.Frame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to the parent, for the thread that runs calls and for any that waits for a class.
 *
 * <p>There is no reading thread: whoever waits and finds nobody reading reads for all, until its own frame has come;
 * what it reads for others it leaves where they look. So the thread that runs calls reads them itself, without a
 * hand-off, and while it is in a user's function another thread can fetch a class. Nobody is missed: a frame is put in
 * its place and reading given up under the same lock under which the others look before they wait.
 *
 * <p>Thread-safe. Nothing is waited for under the lock. Writing has a lock of its own, held while the socket takes the
 * bytes: frames must not mix. The parent always reads, so that is never for long.
 */
final class ParentConnection implements AutoCloseable {
    /** A frame stays unsent for no longer than about this while others are run. */
    private static final long OLD_NANOS = 100_000;

    /** More than a request takes. */
    private static final int STACK_FRAMES = 300;

    private final ParentSocket socket;
    private final Supplies supplies;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private final ArrayDeque<Frame> forCalls = new ArrayDeque<>();
    private final Map<Long, Frame.@Nullable Supply> requests = new HashMap<>(); // null until answered
    private long lastRequest;
    private boolean someoneReads;
    private boolean ended;
    private @Nullable IOException failure;

    private final Object writing = new Object();
    // Guarded by writing.
    private volatile boolean unsent;
    private long unsentSinceNanos;
    private boolean cutOff; // a frame is in the stream without its end

    /** @param supplies is given what the parent sends without being asked */
    ParentConnection(ParentSocket socket, Supplies supplies) {
        this.socket = socket;
        this.supplies = supplies;
    }

    /** Adds a frame to what {@link #flush} sends. It is also sent before anyone waits for a frame. */
    void write(Frame frame) throws IOException {
        synchronized (writing) {
            if (cutOff) throw new IOException("a frame to the parent was cut off");
            cutOff = true;
            socket.write(frame);
            cutOff = false;
        }
    }

    /** Whether there is something that {@link #flush} would send. */
    boolean hasUnsent() {
        return unsent;
    }

    /** Sends all that was written. @return whether the thread was interrupted meanwhile; it no longer is */
    boolean flush() throws IOException {
        synchronized (writing) {
            if (cutOff) throw new IOException("a frame to the parent was cut off");
            cutOff = true;
            boolean interrupted = socket.flush();
            cutOff = false;
            unsent = false;
            return interrupted;
        }
    }

    /** Sends what was written if the first of it may be old; to be said after each write, with the time. */
    void flushIfOld(long nowNanos) throws IOException {
        synchronized (writing) {
            if (!unsent) unsentSinceNanos = nowNanos;
            unsent = true;
            if (nowNanos - unsentSinceNanos > OLD_NANOS) flush();
        }
    }

    /** Waits for the next frame for the thread that runs calls; null at the end of the stream. */
    @Nullable
    Frame read() throws IOException {
        lock.lock();
        try {
            if (forCalls.isEmpty() && someoneReads) flushUnlocked();
            while (forCalls.isEmpty() && !ended) readOrWait();
            Frame next = forCalls.poll();
            if (next == null && failure != null) throw failure;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void flushUnlocked() throws IOException {
        lock.unlock();
        try {
            flush();
        } finally {
            lock.lock();
        }
    }

    /** Asks the parent and waits for its answer. What interrupts the thread meanwhile is kept for later. */
    Frame.Supply ask(CodeName wanted) throws IOException {
        needStack(STACK_FRAMES);
        boolean interrupted = Thread.interrupted();
        long id = newRequest();
        try {
            write(new Frame.Fetch(id, wanted));
            interrupted |= flush();
            lock.lock();
            try {
                while (requests.get(id) == null && !ended) interrupted |= readOrWait();
                Frame.Supply answer = requests.get(id);
                if (answer == null) throw new IOException("the connection to the parent has ended", failure);
                return answer;
            } finally {
                requests.remove(id);
                lock.unlock();
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private long newRequest() {
        lock.lock();
        try {
            requests.put(++lastRequest, null);
            return lastRequest;
        } finally {
            lock.unlock();
        }
    }

    /** A user's recursion that runs out of stack does so here, and not between two bytes of a frame. */
    private static int needStack(int frames) {
        return frames == 0 ? 0 : 1 + needStack(frames - 1);
    }

    /**
     * Reads a frame for whom it concerns, or waits for who does. Called under the lock, which is given up meanwhile.
     *
     * @return whether this thread was interrupted
     */
    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private boolean readOrWait() {
        if (someoneReads) {
            changed.awaitUninterruptibly();
            return Thread.interrupted();
        }
        someoneReads = true;
        lock.unlock();
        Frame frame = null;
        Throwable failed = null;
        try {
            frame = socket.poll();
            if (frame == null) {
                flush();
                frame = socket.read();
            }
            if (frame instanceof Frame.Supply supply) supplies.add(supply.codes());
        } catch (IOException | RuntimeException | Error lost) { // whatever it is, the place in the stream is lost
            failed = lost;
        }
        lock.lock();
        someoneReads = false;
        if (frame == null || failed != null) end(failed);
        else put(frame);
        changed.signalAll();
        return socket.wasInterrupted();
    }

    private void put(Frame frame) {
        if (!(frame instanceof Frame.Supply supply)) forCalls.add(frame);
        else if (requests.containsKey(supply.id())) requests.put(supply.id(), supply);
    }

    private void end(@Nullable Throwable failed) {
        ended = true;
        failure = failed == null || failed instanceof IOException ? (IOException) failed : new IOException(failed);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
