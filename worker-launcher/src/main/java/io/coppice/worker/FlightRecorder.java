package io.coppice.worker;

import io.coppice.wire.FlightRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this worker's {@link FlightRecord}. To begin an item costs a store into mapped memory; nothing is ever forced to
 * a disk: the record has to survive this process, not the machine. To note how an item has ended costs a few stores
 * more, and is done only if the parent has asked for it.
 *
 * <p>It is opened when first there is something that the parent would not know without: a worker that has been sent no
 * more than one call can have begun no other, and a start need not pay for it.
 *
 * <p>Belongs to who has the outcomes that it holds: the executing thread or, while that is away, the lifeline.
 */
final class FlightRecorder {
    /** Apart, so that a start does not load it. */
    private static final class Access {
        static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
        static final VarHandle LONG_OF_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    }

    private final @Nullable Path workerDirectory;
    private @Nullable ByteBuffer page; // once it is needed, if it can be had
    private @Nullable ByteBuffer outcomes; // the same, if they are wanted
    private int length; // of the outcomes
    private boolean tried;
    private boolean sendsEach; // outcomes are wanted, and cannot be kept
    private long begun; // turn

    /** @param workerDirectory null if nobody wants a record */
    FlightRecorder(@Nullable Path workerDirectory) {
        this.workerDirectory = workerDirectory;
    }

    /** Opens it. If that fails, as the disk is full, say, the parent has to guess, as it does before there is one. */
    void isNeeded() {
        if (tried) return;
        tried = true;
        if (workerDirectory != null) page = map(workerDirectory, begun);
    }

    /** From here on it holds outcomes too. Where there is no room for that, each has to be sent at once. */
    void holdsOutcomes() {
        isNeeded();
        if (workerDirectory == null || outcomes != null) return;
        if (page != null && hasRoom(workerDirectory)) outcomes = page;
        else sendsEach = true;
    }

    /** A hole that could not be filled later would cost the worker its life. */
    private static boolean hasRoom(Path workerDirectory) {
        try (RandomAccessFile file =
                new RandomAccessFile(FlightRecord.file(workerDirectory).toFile(), "rw")) {
            file.seek(FlightRecord.OUTCOMES);
            file.write(new byte[FlightRecord.FILE_BYTES - FlightRecord.OUTCOMES]);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private static @Nullable ByteBuffer map(Path workerDirectory, long begun) {
        try (RandomAccessFile file =
                new RandomAccessFile(FlightRecord.file(workerDirectory).toFile(), "rw")) {
            file.setLength(FlightRecord.FILE_BYTES);
            ByteBuffer page = file.getChannel().map(MapMode.READ_WRITE, 0, FlightRecord.FILE_BYTES);
            page.putLong(FlightRecord.BEGUN, begun); // where the disk is full it is now that this fails
            return page;
        } catch (IOException | RuntimeException | Error none) {
            return null;
        }
    }

    /** From here on this item is what the worker is running, or was running last. */
    void begins(long turn) {
        begun = turn;
        ByteBuffer page = this.page;
        if (page != null) Access.LONG.setRelease(page, FlightRecord.BEGUN, turn);
    }

    /**
     * The item has ended so: bytes of one outcome, as in ANSWER.
     *
     * @return false if there is no room for it; then it is not recorded
     */
    boolean ended(long turn, byte[] from, int offset, int size) {
        ByteBuffer page = outcomes;
        if (page == null) return !sendsEach;
        int at = FlightRecord.OUTCOMES + length;
        if (FlightRecord.TURN_BYTES + size + Long.BYTES > FlightRecord.FILE_BYTES - at) return false;
        page.putLong(at, turn);
        at += FlightRecord.TURN_BYTES;
        // Most outcomes are two words long: to copy those is cheaper than to call for a copy.
        int copied = 0;
        if (size <= 4 * Long.BYTES)
            for (int end = Math.min(size, from.length - offset - Long.BYTES + 1); copied < end; copied += Long.BYTES)
                page.putLong(at + copied, (long) Access.LONG_OF_BYTES.get(from, offset + copied));
        if (copied < size) page.put(at + copied, from, offset + copied, size - copied);
        length += FlightRecord.TURN_BYTES + size;
        Access.LONG.setRelease(page, FlightRecord.OUTCOMES_LENGTH, (long) length);
        return true;
    }

    /** All outcomes are sent. */
    void sent() {
        ByteBuffer page = outcomes;
        if (page == null || length == 0) return;
        length = 0;
        Access.LONG.setRelease(page, FlightRecord.OUTCOMES_LENGTH, 0L);
    }
}
