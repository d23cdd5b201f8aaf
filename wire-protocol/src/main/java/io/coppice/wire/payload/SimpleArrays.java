package io.coppice.wire.payload;

import io.coppice.wire.ArrayKind;
import io.coppice.wire.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SimpleValues} that have a length: strings, and arrays of primitives. Tag, number of elements as a varint,
 * then the elements as memory has them nearly everywhere, so that a large array is one copy.
 */
final class SimpleArrays {
    private SimpleArrays() {}

    // ---- writing ----

    static void write(PayloadBuffer out, String text) {
        int length = text.length();
        int at = head(out, SimpleValues.LATIN_1, length, 1);
        byte[] bytes = out.bytes;
        int all = 0;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            bytes[at + i] = (byte) unit;
            all |= unit;
        }
        if (all <= 0xFF) return;
        out.size = at - 1 - varintLength(length);
        at = head(out, SimpleValues.UTF_16, length, Character.BYTES);
        view(out.bytes, at, (long) length * Character.BYTES).asCharBuffer().put(text);
    }

    /**
     * Writes the array, or writes nothing and returns false if it is not one of primitives.
     *
     * @param mayChange before it is taken, so that a large one must be copied at once
     */
    static boolean write(PayloadBuffer out, Object array, boolean mayChange) {
        ArrayKind kind = ArrayKind.of(array);
        if (kind == null) return false;
        int length = kind.length(array);
        long elementsBytes = (long) length * kind.elementBytes;
        if (elementsBytes < Payload.TAIL_BYTES) {
            int at = head(out, kind.code, length, kind.elementBytes);
            kind.write(array, 0, length, view(out.bytes, at, elementsBytes));
            return true;
        }
        if (elementsBytes > PayloadBuffer.MAX_BYTES) throw new PayloadBuffer.TooLarge(); // before it is copied
        head(out, kind.code, length, 0);
        out.putTail(mayChange ? kind.copy(array) : array, (int) elementsBytes);
        return true;
    }

    /** Writes tag and length, takes the bytes of the elements, and says where they begin. */
    private static int head(PayloadBuffer out, byte tag, int length, int elementBytes) {
        int start = out.claim(varintLength(length) + 1 + (long) length * elementBytes);
        out.bytes[start] = tag;
        return Varints.put(out.bytes, start + 1, length);
    }

    private static int varintLength(int number) {
        return (38 - Integer.numberOfLeadingZeros(number | 1)) / 7;
    }

    private static ByteBuffer view(byte[] bytes, int at, long length) {
        return ByteBuffer.wrap(bytes, at, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- reading ----

    /** How many bytes the value takes; all of them are there. */
    static int lengthAt(byte tag, byte[] bytes, int at, int end) {
        int elementBytes = elementBytes(tag);
        int elementsAt = at + 1 + Varints.length(bytes, at + 1, end);
        int length = Varints.intAt(bytes, at + 1, elementsAt - at - 1);
        if (length < 0 || length > (end - elementsAt) / elementBytes)
            throw new IllegalArgumentException(
                    "longer than its bytes: length=" + length + ", bytesLeft=" + (end - elementsAt));
        return elementsAt - at + length * elementBytes;
    }

    private static int elementBytes(byte tag) {
        if (tag == SimpleValues.LATIN_1) return 1;
        if (tag == SimpleValues.UTF_16) return Character.BYTES;
        return kind(tag).elementBytes;
    }

    private static ArrayKind kind(byte tag) {
        ArrayKind kind = ArrayKind.ofCode(tag);
        if (kind == null) throw SimpleValues.unknown(tag);
        return kind;
    }

    /** The value in these bytes, whose length was checked. */
    static Object checked(byte tag, byte[] bytes, int at, int length) {
        int head = 1 + Varints.length(bytes, at + 1, at + length);
        int from = at + head;
        int left = length - head;
        if (tag == SimpleValues.LATIN_1) return new String(bytes, from, left, StandardCharsets.ISO_8859_1);
        ArrayKind kind = tag == SimpleValues.UTF_16 ? ArrayKind.CHARS : kind(tag);
        int count = left / kind.elementBytes;
        Object array = kind.make(count);
        kind.read(ByteBuffer.wrap(bytes, from, left), array, 0, count);
        return tag == SimpleValues.UTF_16 ? new String((char[]) array) : array;
    }

    /** The tail, if the payload is nothing but that; else null. */
    static @Nullable Object tailAlone(Payload payload) {
        Object tail = payload.tail();
        if (tail == null) return null;
        byte[] head = payload.head();
        ArrayKind kind = ArrayKind.ofCode(head[payload.offset()]);
        if (kind == null || kind != ArrayKind.of(tail)) return null;
        return payload.headLength() == 1 + varintLength(kind.length(tail)) ? tail : null;
    }
}
