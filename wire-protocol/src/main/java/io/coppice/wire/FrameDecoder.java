package io.coppice.wire;

import io.coppice.wire.WireException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes, in pieces of any size, into frames. Every length is checked before anything is allocated for it, and a
 * large body's array grows with the bytes that have really come, so a header alone costs the other side's word for
 * nothing. A body that is one large array is read into the array itself: a {@link Payload#tail}. Whatever the bytes,
 * only {@link WireException} comes out; after one the decoder is of no use. Confined to one thread.
 */
public final class FrameDecoder {
    /** Largest body either side sends or takes: 1 GiB. */
    public static final int MAX_BODY_BYTES = 1 << 30;

    /** Largest row of items a frame can carry: what a body leaves beside its fixed part. */
    public static final int MAX_ITEMS_BYTES = MAX_BODY_BYTES - 64;

    /** Largest array allocated on a header's word alone. */
    private static final int TRUSTED_BODY_BYTES = 1 << 20;
    /** A body is given all its room when one byte of so many has come. */
    private static final int TRUSTED_TIMES = 256;

    /** So much of a large body is looked at before the rest is read: behind it may be an array's elements. */
    private static final int HEAD_BYTES = 64;

    private static final byte[] NO_BODY = new byte[0];

    private final FrameType.Sender from;
    private final int maxBodyBytes;

    private @Nullable FrameType only;

    private final byte[] header = new byte[FrameLayout.HEADER_BYTES];
    private final ByteBuffer headerView = ByteBuffer.wrap(header);
    private int headerFilled;

    private @Nullable FrameType type; // null until the header is complete
    private long id;
    private int bodyLength;
    private byte[] body = NO_BODY;
    private int bodyFilled;
    private @Nullable TailReader tail; // takes what comes behind the head

    /** A decoder for what that side may send. */
    public FrameDecoder(FrameType.Sender from) {
        this(from, MAX_BODY_BYTES);
    }

    FrameDecoder(FrameType.Sender from, int maxBodyBytes) {
        this.from = from;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** A decoder that lets nothing but this frame through until {@link #expectAny}: for a side not yet trusted. */
    public static FrameDecoder expectingFirst(FrameType only) {
        FrameDecoder decoder = new FrameDecoder(only.sender);
        decoder.only = only;
        return decoder;
    }

    public void expectAny() {
        only = null;
    }

    /** The next frame, or null when {@code in} is used up before one is complete. */
    public @Nullable Frame next(ByteBuffer in) throws WireException {
        FrameType type = this.type;
        if (type == null) {
            int take = Math.min(in.remaining(), FrameLayout.HEADER_BYTES - headerFilled);
            in.get(header, headerFilled, take);
            headerFilled += take;
            if (headerFilled < FrameLayout.HEADER_BYTES) return null;
            type = readHeader();
        }
        while (bodyFilled < bodyLength && in.hasRemaining()) {
            if (tail != null) {
                bodyFilled += tail.take(in);
                continue;
            }
            if (bodyFilled < body.length) takeBytes(in);
            else if (!hasTail(in.remaining()))
                body = Arrays.copyOf(body, roomAfter(bodyFilled, in.remaining(), bodyLength));
        }
        return bodyFilled < bodyLength ? null : completeFrame(type);
    }

    private void takeBytes(ByteBuffer in) {
        int take = Math.min(in.remaining(), body.length - bodyFilled);
        in.get(body, bodyFilled, take);
        bodyFilled += take;
    }

    /**
     * Room for how many bytes there should be when so many fill what there is, and so many more have come. What one read
     * brings is most often enough to trust the rest, so that most bodies get their array at once.
     */
    static int roomAfter(int filled, int more, int length) {
        if (((long) filled + more) * TRUSTED_TIMES >= length) return length;
        int next = filled < TRUSTED_BODY_BYTES ? TRUSTED_BODY_BYTES : length / TRUSTED_TIMES + Long.BYTES;
        return Math.min(length, next);
    }

    /** Whether from here on the body is the elements of an array: asked when its first bytes have come. */
    private boolean hasTail(int more) {
        if (bodyFilled != HEAD_BYTES || type == null) return false;
        int itemsAt = FrameBodies.bytesBeforeTailedItem(type);
        tail = TailReader.of(body, itemsAt, type == FrameType.ANSWER, bodyLength, more);
        if (tail == null) return false;
        tail.take(ByteBuffer.wrap(body, tail.headLength, bodyFilled - tail.headLength));
        return true;
    }

    /** Throws if the stream may not end here. */
    public void end() throws WireException {
        if (type != null)
            throw new WireException(
                    Reason.TRUNCATED,
                    "stream ended inside a frame: type=" + type + ", id=" + id + ", bodyBytes=" + bodyFilled + " of "
                            + bodyLength);
        if (headerFilled > 0)
            throw new WireException(
                    Reason.TRUNCATED,
                    "stream ended inside a frame header: bytes=" + headerFilled + " of " + FrameLayout.HEADER_BYTES);
    }

    private FrameType readHeader() throws WireException {
        byte magic = headerView.get(FrameLayout.MAGIC_OFFSET);
        if (magic != FrameLayout.MAGIC)
            throw new WireException(Reason.BAD_MAGIC, "not a frame: firstByte=" + (magic & 0xFF));
        byte code = headerView.get(FrameLayout.TYPE_OFFSET);
        FrameType type = FrameType.ofCode(code);
        if (type == null) throw new WireException(Reason.UNKNOWN_TYPE, "unknown frame type: code=" + (code & 0xFF));
        if (headerView.getShort(FrameLayout.RESERVED_OFFSET) != 0)
            throw new WireException(Reason.RESERVED_BITS, "reserved header bits are set: type=" + type);
        if (type.sender != from)
            throw new WireException(Reason.UNEXPECTED_FRAME, "frame from the wrong side: type=" + type);
        if (only != null && type != only)
            throw new WireException(Reason.UNEXPECTED_FRAME, "instead of " + only + " came a frame of type=" + type);
        int length = headerView.getInt(FrameLayout.BODY_LENGTH_OFFSET);
        int limit = Math.min(maxBodyBytes, FrameBodies.maxBytes(type));
        if (length < 0 || length > limit)
            throw new WireException(
                    Reason.BODY_TOO_LARGE,
                    "frame body over the limit: type=" + type + ", length=" + Integer.toUnsignedLong(length)
                            + ", limit=" + limit);
        this.id = headerView.getLong(FrameLayout.ID_OFFSET);
        this.bodyLength = length;
        boolean mayHaveTail = length >= Payload.TAIL_BYTES && FrameBodies.bytesBeforeTailedItem(type) > 0;
        this.body = length == 0 ? NO_BODY : new byte[mayHaveTail ? HEAD_BYTES : Math.min(length, TRUSTED_BODY_BYTES)];
        this.bodyFilled = 0;
        this.type = type;
        return type;
    }

    private Frame completeFrame(FrameType complete) throws WireException {
        Frame frame = tail == null
                ? FrameBodies.read(complete, id, body, bodyLength, null)
                : FrameBodies.read(complete, id, body, tail.headLength, tail.complete());
        this.type = null;
        headerFilled = 0;
        body = NO_BODY;
        tail = null;
        bodyLength = 0;
        bodyFilled = 0;
        return frame;
    }
}
