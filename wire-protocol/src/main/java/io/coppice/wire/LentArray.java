package io.coppice.wire;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An array that a thread, its owner, lends until its elements are on their way: a copy of it takes longer to make than
 * to send. The owner does nothing else meanwhile ({@link #awaitReturn}), so nothing changes in it. If it is not sent now,
 * or the other side does not read, the owner copies what is left: it never waits for long.
 *
 * <p>Who sends never waits for the owner. It says that it is reading, and looks then which array is to be read; the
 * owner says which, and looks then whether somebody is reading. So one of the two sees the other, and the owner waits
 * for the end of a piece that is being read from its own.
 */
public final class LentArray extends Elements {
    /** How often the owner looks whether it is being sent, */
    private static final long LOOKS_EVERY_NANOS = 10_000_000;
    /** and how much must have been sent meanwhile. */
    private static final int BYTES_PER_LOOK = 4 << 20;

    /** What is to be read: elements from this one on. */
    private record Rest(Object array, int first, boolean isCopy) {}

    private volatile Rest rest; // the owner sets another, once
    private volatile @Nullable Thread owner = Thread.currentThread(); // until the array is returned

    // Set by who sends.
    private volatile boolean isRead;
    private volatile int sent; // elements
    private volatile boolean isSentOnce;
    private volatile boolean isReleased;
    private volatile boolean waits;

    private LentArray(Object array, ArrayKind kind) {
        super(kind, kind.length(array));
        rest = new Rest(array, 0, false);
    }

    /** Lent by this thread, which goes on with {@link #awaitReturn} when others know of it. */
    static LentArray lend(Object array) {
        return new LentArray(array, Objects.requireNonNull(ArrayKind.of(array)));
    }

    // ---- who sends ----

    @Override
    public void write(int from, int count, ByteBuffer to) {
        sent = from;
        isRead = true;
        Rest rest = this.rest; // after isRead is set
        try {
            kind.write(rest.array, from - rest.first, count, to);
        } finally {
            isRead = false;
        }
    }

    /** Nobody will ask for the array itself, or send it once more: what was sent need not be kept. */
    public void isSentOnce() {
        isSentOnce = true;
    }

    /** It is not sent soon: the owner should copy it. */
    public void waits() {
        waits = true;
        LockSupport.unpark(owner);
    }

    @Override
    public void release() {
        isReleased = true;
        LockSupport.unpark(owner);
    }

    /** A copy, where it is still its owner's: the way of those who do not care for speed. */
    @Override
    public Object array() {
        Rest rest = this.rest;
        if (rest.first > 0) throw new IllegalStateException("a part of it was sent and not kept");
        return rest.isCopy ? rest.array : kind.copy(rest.array);
    }

    // ---- the owner ----

    /**
     * Waits until the array is its owner's again. An interrupt ends the wait early, with a copy, and is kept.
     *
     * @throws OutOfMemoryError if there is no memory for a copy; then it is still lent
     */
    public void awaitReturn() {
        int before = 0;
        long look = System.nanoTime() + LOOKS_EVERY_NANOS;
        while (!isReleased && !waits && !Thread.currentThread().isInterrupted()) {
            long left = look - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
                continue;
            }
            int now = sent;
            if ((long) (now - before) * kind.elementBytes < BYTES_PER_LOOK) break;
            before = now;
            look = System.nanoTime() + LOOKS_EVERY_NANOS;
        }
        if (!isReleased || !isSentOnce) copyRest();
        owner = null;
    }

    private void copyRest() {
        int first = isSentOnce ? sent : 0;
        rest = new Rest(kind.copy(rest.array, first), first, true);
        while (isRead) LockSupport.parkNanos(1); // after rest is set
    }

    /** As {@link #awaitReturn}, without a copy, for as long as it takes. */
    public void awaitSent() {
        boolean interrupted = false;
        while (!isReleased) {
            LockSupport.parkNanos(this, LOOKS_EVERY_NANOS);
            interrupted |= Thread.interrupted();
        }
        owner = null;
        if (interrupted) Thread.currentThread().interrupt();
    }
}
