package io.coppice.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads one stream of a worker to its end, on a thread of its own: a pipe that nobody reads would stop the worker. What
 * it reads goes into the tail, and on.
 *
 * <p>It passes on what it has got as soon as there is no more, be it a part of a line; where there is more, up to the
 * last line's end, so that lines of several workers do not mix.
 */
final class OutputPump implements Runnable {
    /** A longer line is passed on in parts. */
    static final int BYTES = 8 << 10;
    /** The user's loggers may run on it. */
    private static final int STACK_BYTES = 256 << 10;

    /** After it has passed on what there was: who prints a lot does not wake it for each line. */
    private static final long GATHERS_NANOS = 100_000;

    private static final long LOOKS_EVERY_NANOS = 1_000_000;

    private final OutputPipe pipe;
    private final OutputStream target;
    private final Thread thread;
    final OutputTail tail = new OutputTail();

    OutputPump(OutputPipe pipe, OutputStream target, String threadName) {
        this.pipe = pipe;
        this.target = target;
        thread = new Thread(null, this, threadName, STACK_BYTES, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            byte[] bytes = new byte[BYTES];
            int kept = 0;
            for (int count = read(bytes, 0); count >= 0; count = read(bytes, kept)) {
                tail.add(bytes, kept, count);
                int filled = kept + count;
                int passed = filled < bytes.length ? filled : endOfLastLine(bytes);
                pass(bytes, passed);
                kept = filled - passed;
                System.arraycopy(bytes, passed, bytes, 0, kept);
                if (filled < bytes.length) LockSupport.parkNanos(this, GATHERS_NANOS);
            }
            pass(bytes, kept);
        } finally {
            pipe.close();
            end();
        }
    }

    private int read(byte[] bytes, int from) {
        try {
            return pipe.read(bytes, from);
        } catch (IOException closed) {
            return -1; // by finish: another process may hold the other end, but the worker is gone
        }
    }

    private static int endOfLastLine(byte[] bytes) {
        for (int end = bytes.length; end > 0; end--) if (bytes[end - 1] == '\n') return end;
        return bytes.length;
    }

    /** Whatever is wrong with the target, the worker must be able to print. */
    private void pass(byte[] bytes, int length) {
        if (length == 0) return;
        try {
            target.write(bytes, 0, length);
            target.flush();
        } catch (Throwable itsOwnMatter) {
            // the tail has it
        }
    }

    private void end() {
        try {
            target.close();
        } catch (Throwable itsOwnMatter) {
            // it is over
        }
    }

    /**
     * The worker is gone, or has been killed: waits until all it has printed was passed on, not beyond the deadline, and
     * ends the reading. What is in the pipe is read by the pump alone; so once the pipe is empty, the rest is in its
     * hands, and the read that is ended is one that waits.
     */
    void finish(long deadlineNanos) {
        while (thread.isAlive() && !(pipe.canBeClosed() && pipe.isEmpty())) {
            if (deadlineNanos - System.nanoTime() <= 0) break;
            LockSupport.parkNanos(this, LOOKS_EVERY_NANOS);
            if (Thread.interrupted()) break;
        }
        if (pipe.canBeClosed()) pipe.close();
        try {
            long left = deadlineNanos - System.nanoTime();
            thread.join(Math.max(1, left / 1_000_000));
        } catch (InterruptedException endAtOnce) {
            // the tail has what has come so far
        }
    }
}
