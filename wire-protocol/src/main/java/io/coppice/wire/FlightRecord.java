package io.coppice.wire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker has begun, and how what it has ended and not sent has ended: a file that the worker maps and writes in
 * its course, and the parent reads when the worker is gone. The system keeps it whatever ends the worker, SIGKILL too.
 *
 * <pre>
 *    0       1       2       3       4       5       6       7
 *  +-------+-------+-------+-------+-------+-------+-------+-------+
 *  |            turn of the item that was begun last (i64)         |
 *  +-------+-------+-------+-------+-------+-------+-------+-------+
 *  |            bytes of outcomes that stand below (i64)           |
 *  +-------+-------+-------+-------+-------+-------+-------+-------+
 *  | outcomes: each its turn (i64), then an item as in ANSWER      |
 * </pre>
 *
 * Big-endian. A word is written at once; outcomes are there before the second word says so. What was sent may still
 * stand here: who reads knows what has come.
 *
 * @param begun turn; 0 if nothing was begun
 */
public record FlightRecord(long begun, List<Ended> ended) {
    public static final int BEGUN = 0;
    public static final int OUTCOMES_LENGTH = 8;
    public static final int OUTCOMES = 16;
    public static final int TURN_BYTES = 8;
    /** A file of holes, but for what is used. */
    public static final int FILE_BYTES = 256 << 10;

    private static final String FILE = "flight";

    /** An item that has ended. @param outcome one item */
    public record Ended(long turn, Items outcome) {}

    /** Where a worker with this folder writes it. */
    public static Path file(Path workerDirectory) {
        return workerDirectory.resolve(FILE);
    }

    /**
     * Reads it, as it is now. Whatever the worker has left there, only these come out:
     *
     * @throws java.io.FileNotFoundException if the worker has not begun one
     * @throws IOException if it cannot be read, or what stands there is no record
     */
    public static FlightRecord read(Path workerDirectory) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(workerDirectory).toFile(), "r")) {
            if (file.length() != FILE_BYTES) throw malformed("fileBytes=" + file.length());
            byte[] bytes = new byte[FILE_BYTES];
            file.readFully(bytes);
            return of(bytes);
        }
    }

    /** From the bytes of its file, or the first of them, as far as they are used. */
    public static FlightRecord of(byte[] bytes) throws WireException {
        if (bytes.length < OUTCOMES) throw malformed("bytes=" + bytes.length);
        ByteBuffer record = ByteBuffer.wrap(bytes);
        long begun = record.getLong(BEGUN);
        long length = record.getLong(OUTCOMES_LENGTH);
        if (begun < 0 || length < 0 || length > bytes.length - OUTCOMES)
            throw malformed("begun=" + begun + ", outcomesLength=" + length);
        return new FlightRecord(
                begun, ended(bytes, record.limit(OUTCOMES + (int) length).position(OUTCOMES)));
    }

    /** The turn that was begun last; 0 if none was, -1 if there is no record, or none that can be read. */
    public static long begun(Path workerDirectory) {
        try (RandomAccessFile file = new RandomAccessFile(file(workerDirectory).toFile(), "r")) {
            byte[] turn = new byte[TURN_BYTES];
            file.readFully(turn);
            return Math.max(0, ByteBuffer.wrap(turn).getLong());
        } catch (IOException notYet) {
            return -1;
        }
    }

    private static List<Ended> ended(byte[] bytes, ByteBuffer in) throws WireException {
        List<Ended> ended = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < TURN_BYTES + FrameLayout.ITEM_LENGTH_BYTES)
                throw malformed("bytesLeft=" + in.remaining());
            long turn = in.getLong();
            int at = in.position();
            int length = in.getInt();
            if (turn < 1 || length < 0 || length > in.remaining())
                throw malformed("turn=" + turn + ", length=" + length);
            Items outcome = new Items(1, new Payload(bytes, at, FrameLayout.ITEM_LENGTH_BYTES + length));
            if (length < 1 || !OutcomeKind.isCode(bytes[at + FrameLayout.ITEM_LENGTH_BYTES]))
                throw malformed("turn=" + turn + ", length=" + length + ", no outcome");
            ended.add(new Ended(turn, outcome));
            in.position(in.position() + length);
        }
        return ended;
    }

    private static WireException malformed(String facts) {
        return new WireException(WireException.Reason.MALFORMED_BODY, "no flight record: " + facts);
    }
}
