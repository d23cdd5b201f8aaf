package io.coppice.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes the elements of a large array off the wire, in pieces of any size, into an array that grows as they come. */
final class TailReader {
    private static final int MAX_VARINT_BYTES = 5;

    /** Bytes of the body before the elements. */
    final int headLength;

    private final ArrayKind kind;
    private final int length;
    private Object array;
    private int room;
    private int filled;
    /** An element of which only some bytes have come. */
    private final ByteBuffer split;

    private TailReader(int headLength, ArrayKind kind, int length, int more) {
        this.headLength = headLength;
        this.kind = kind;
        this.length = length;
        this.room = roomAfter(0, more);
        this.array = kind.make(room);
        this.split = ByteBuffer.allocate(kind.elementBytes).limit(0);
    }

    /**
     * A reader, if the body is a row of one item, and that is one array of primitives to the last byte; else null. What
     * looks like one and is not is left to others to refuse.
     *
     * @param head the first bytes of the body
     * @param itemsAt where the items begin; 0 if there are none
     * @param outcome whether a byte stands in the item before its payload
     * @param more bytes that have come behind the head
     */
    static @Nullable TailReader of(byte[] head, int itemsAt, boolean outcome, int bodyLength, int more) {
        if (itemsAt == 0) return null;
        ByteBuffer view = ByteBuffer.wrap(head, itemsAt, head.length - itemsAt);
        if (view.getInt() != bodyLength - itemsAt - FrameLayout.ITEM_LENGTH_BYTES) return null;
        if (outcome) view.get();
        ArrayKind kind = ArrayKind.ofCode(view.get());
        if (kind == null) return null;
        long length = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte next = view.get();
            length |= (long) (next & 0x7F) << 7 * i;
            if (next < 0) continue;
            boolean fits = length * kind.elementBytes == bodyLength - view.position();
            return fits && length > 0 ? new TailReader(view.position(), kind, (int) length, more) : null;
        }
        return null;
    }

    private int roomAfter(int elements, int more) {
        int bytes = length * kind.elementBytes; // no longer than a body
        return FrameDecoder.roomAfter(elements * kind.elementBytes, more, bytes) / kind.elementBytes;
    }

    /** @return how many bytes it has taken */
    int take(ByteBuffer in) {
        int before = in.remaining();
        while (filled < length && in.hasRemaining()) {
            if (filled == room) grow(in.remaining());
            if (split.hasRemaining()) {
                fillSplit(in);
                continue;
            }
            int count = Math.min(in.remaining() / kind.elementBytes, room - filled);
            if (count == 0) {
                split.clear();
                continue;
            }
            kind.read(in, array, filled, count);
            filled += count;
        }
        return before - in.remaining();
    }

    private void fillSplit(ByteBuffer in) {
        while (split.hasRemaining() && in.hasRemaining()) split.put(in.get());
        if (split.hasRemaining()) return;
        kind.read(split.flip(), array, filled++, 1);
        split.limit(0);
    }

    private void grow(int more) {
        room = roomAfter(filled, more);
        Object larger = kind.make(room);
        System.arraycopy(array, 0, larger, 0, filled);
        array = larger;
    }

    /** The array, when all has come. */
    Object complete() {
        if (filled != length) throw new IllegalStateException("elements=" + filled + " of " + length);
        return array;
    }
}
