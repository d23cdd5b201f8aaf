package io.coppice.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A row of payloads, each behind its length, in one array: the arguments of a chunk's calls, or their outcomes. The
 * lengths were checked against the array when the row came off the wire, so a {@link Cursor} walks it unchecked.
 */
public record Items(int count, Payload region) {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    public static final Items NONE = new Items(0, Payload.of(new byte[0]));

    /** A row of these payloads, copied into one array. */
    public static Items copyOf(Payload... payloads) {
        int length = 0;
        for (Payload payload : payloads) length += FrameLayout.ITEM_LENGTH_BYTES + payload.length();
        ByteBuffer row = ByteBuffer.allocate(length);
        for (Payload payload : payloads)
            row.putInt(payload.length()).put(payload.bytes(), payload.offset(), payload.length());
        return new Items(payloads.length, Payload.of(row.array()));
    }

    /** These rows one behind the other, copied into one array. */
    public static Items joined(List<Items> rows) {
        int count = 0;
        int length = 0;
        for (Items row : rows) {
            count += row.count;
            length += row.region.length();
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (Items row : rows) joined.put(row.region.bytes(), row.region.offset(), row.region.length());
        return new Items(count, Payload.of(joined.array()));
    }

    /** Bytes that an item's length takes in front of its payload. */
    public static int lengthBytes() {
        return FrameLayout.ITEM_LENGTH_BYTES;
    }

    /** Writes an item's length where {@link #lengthBytes()} bytes were left free for it. */
    public static void putLength(byte[] bytes, int at, int length) {
        INT.set(bytes, at, length);
    }

    public Cursor cursor() {
        return new Cursor(this);
    }

    /** Throws unless exactly `count` items of at least `minLength` bytes fill the region. */
    void check(FrameType type, int minLength) throws WireException {
        check(type, minLength, false);
    }

    /** As {@link #check}, of outcomes: throws also unless each has a kind. */
    void checkOutcomes(FrameType type) throws WireException {
        check(type, FrameLayout.ITEM_OUTCOME_PAYLOAD, true);
    }

    private void check(FrameType type, int minLength, boolean outcomes) throws WireException {
        byte[] bytes = region.head();
        int at = region.offset();
        int end = at + region.length();
        for (int item = 0; item < count; item++) {
            if (end - at < FrameLayout.ITEM_LENGTH_BYTES)
                throw WireException.malformed(type, "items=" + count + ", ends in the length of item=" + item);
            int length = (int) INT.get(bytes, at);
            at += FrameLayout.ITEM_LENGTH_BYTES;
            if (length < minLength || length > end - at)
                throw WireException.malformed(
                        type, "item=" + item + ", length=" + length + ", bytesLeft=" + (end - at));
            if (outcomes && !OutcomeKind.isCode(bytes[at + FrameLayout.ITEM_OUTCOME_KIND]))
                throw WireException.malformed(
                        type, "outcomeKind=" + (bytes[at + FrameLayout.ITEM_OUTCOME_KIND] & 0xFF));
            at += length;
        }
        if (at != end) throw WireException.malformed(type, "items=" + count + ", bytesLeftOver=" + (end - at));
    }

    /** Steps through a row: {@code while (cursor.next()) use(cursor.bytes(), cursor.offset(), cursor.length())}. */
    public static final class Cursor {
        private final Payload region;
        private final byte[] bytes;
        private final boolean hasTail; // of the last item
        private int left;
        private int offset;
        private int length;

        private Cursor(Items items) {
            region = items.region;
            bytes = region.head();
            hasTail = region.elements() != null;
            left = items.count;
            offset = region.offset();
        }

        public boolean next() {
            if (left == 0) return false;
            left--;
            int at = offset + length;
            length = (int) INT.get(bytes, at);
            offset = at + FrameLayout.ITEM_LENGTH_BYTES;
            return true;
        }

        /** Whether the item ends in a {@link Payload#tail}: {@link #payload} has it, and {@link #bytes} is a copy. */
        public boolean endsInTail() {
            return hasTail && left == 0;
        }

        /** Where the item lies. Of one with a {@link Payload#tail} this is a copy: see {@link #payload}. */
        public byte[] bytes() {
            return endsInTail() ? region.bytes() : bytes;
        }

        public int offset() {
            return offset;
        }

        public int length() {
            return length;
        }

        public Payload payload() {
            return endsInTail() ? region.from(offset) : new Payload(bytes, offset, length);
        }

        /** A row of this item alone, of the same array. */
        public Items item() {
            int from = offset - FrameLayout.ITEM_LENGTH_BYTES;
            return new Items(
                    1,
                    endsInTail()
                            ? region.from(from)
                            : new Payload(bytes, from, length + FrameLayout.ITEM_LENGTH_BYTES));
        }

        /** In ANSWER and READY: how this item ended. */
        public OutcomeKind outcomeKind() {
            OutcomeKind kind = OutcomeKind.ofCode(bytes[offset + FrameLayout.ITEM_OUTCOME_KIND]);
            if (kind == null) throw new IllegalStateException("an unchecked item");
            return kind;
        }

        /** In ANSWER and READY: where the value or the throwable begins, behind the kind. */
        public int outcomeOffset() {
            return offset + FrameLayout.ITEM_OUTCOME_PAYLOAD;
        }

        /** In ANSWER and READY: bytes of the value or the throwable. */
        public int outcomeLength() {
            return length - FrameLayout.ITEM_OUTCOME_PAYLOAD;
        }

        /** In ANSWER and READY: the value or the throwable, without the kind. */
        public Payload outcomePayload() {
            return endsInTail() ? region.from(outcomeOffset()) : new Payload(bytes, outcomeOffset(), outcomeLength());
        }
    }
}
