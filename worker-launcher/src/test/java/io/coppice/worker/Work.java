package io.coppice.worker;

import io.coppice.wire.payload.Invocable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Functions of one argument that a fake parent has run, and what they see and wait for: they run in the test's JVM. */
enum Work implements Invocable {
    INCREMENT,
    /** Notes that it ran. */
    NOTE,
    /** A Long: lets the test know, and waits until it may go on. */
    WAIT,
    /** Whether its thread is interrupted; it stays so. */
    LEAVE_INTERRUPTED,
    IS_INTERRUPTED,
    THROW,
    /** So many bytes. */
    BYTES,
    /** Nothing that can be sent. */
    THREAD,
    ECHO;

    static volatile CountDownLatch begun = new CountDownLatch(1);
    static volatile CountDownLatch mayEnd = new CountDownLatch(1);
    static final ConcurrentLinkedQueue<Long> NOTED = new ConcurrentLinkedQueue<>();

    /** An argument and a result whose own code waits, in the worker: while it is read there, or while it is written. */
    static final class Slow implements Serializable {
        private static final long serialVersionUID = 1;
        private final boolean whileRead;

        Slow(boolean whileRead) {
            this.whileRead = whileRead;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (whileRead) waitInWorker();
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            if (!whileRead) waitInWorker();
        }

        private static void waitInWorker() throws IOException {
            if (!Thread.currentThread().getName().equals(FakeParent.EXECUTING)) return;
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }

        @Override
        public String toString() {
            return "slow";
        }
    }

    static void reset() {
        begun = new CountDownLatch(1);
        mayEnd = new CountDownLatch(1);
        NOTED.clear();
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public Object function() {
        return this;
    }

    @Override
    public @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
        Object argument = arguments[0];
        switch (this) {
            case INCREMENT:
                return (Long) argument + 1;
            case NOTE:
                NOTED.add((Long) argument);
                return argument;
            case WAIT:
                if ((Long) argument < 0) return argument; // does not wait
                begun.countDown();
                mayEnd.await();
                return argument;
            case LEAVE_INTERRUPTED:
                Thread.currentThread().interrupt();
                return argument;
            case IS_INTERRUPTED:
                return Thread.currentThread().isInterrupted();
            case THROW:
                throw new IllegalStateException("of " + argument);
            case BYTES:
                return new byte[((Long) argument).intValue()];
            case THREAD:
                return Thread.currentThread();
            default:
                return argument;
        }
    }
}
