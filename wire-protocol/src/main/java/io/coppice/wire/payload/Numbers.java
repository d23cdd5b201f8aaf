package io.coppice.wire.payload;

import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Ints and longs, which most calls pass: the tag says in how many bytes, the fewest that hold the number. So they are
 * written and read at once, and not byte by byte.
 */
final class Numbers {
    /** An int in one byte; in two it is the next tag, and so on. */
    static final byte INT = 20;

    static final byte LONG = 24;

    /** With the tag. */
    private static final int MAX_BYTES = 1 + Long.BYTES;

    static final byte LAST_LONG = LONG + Long.BYTES - 1;

    private static final VarHandle AS_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Numbers() {}

    /** @param tag {@link #INT} or {@link #LONG} */
    static void write(PayloadBuffer out, byte tag, long number) {
        int at = out.room(MAX_BYTES);
        out.size = put(out.bytes, at, tag, number);
    }

    /**
     * Writes an item that holds a number, whole.
     *
     * @param kind what stands before it; null: nothing, as it is an argument
     * @return false if the value is no number; then nothing was done
     */
    static boolean writeItem(PayloadBuffer out, @Nullable OutcomeKind kind, @Nullable Object value) {
        byte tag;
        long number;
        if (value instanceof Long) {
            tag = LONG;
            number = (long) value;
        } else if (value instanceof Integer) {
            tag = INT;
            number = (int) value;
        } else {
            return false;
        }
        int start = out.room(Items.lengthBytes() + 1 + MAX_BYTES);
        byte[] bytes = out.bytes;
        int at = start + Items.lengthBytes();
        if (kind != null) bytes[at++] = kind.code();
        int end = put(bytes, at, tag, number);
        Items.putLength(bytes, start, end - start - Items.lengthBytes());
        out.size = end;
        return true;
    }

    /** Where there is room for so many bytes as a number may take, however few this one does. @return where it ends */
    private static int put(byte[] bytes, int at, byte tag, long number) {
        int length = length(number);
        bytes[at] = (byte) (tag + length - 1);
        AS_INT.set(bytes, at + 1, (int) number);
        if (length > Integer.BYTES) AS_INT.set(bytes, at + 1 + Integer.BYTES, (int) (number >> Integer.SIZE));
        return at + 1 + length;
    }

    /** How many bytes hold the number and its sign. */
    private static int length(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number ^ (number >> (Long.SIZE - 1)));
        return bits / Byte.SIZE + 1;
    }

    /** How many bytes stand behind a tag that is not below {@link #INT}. */
    static int length(byte tag) {
        if (tag > LAST_LONG) throw SimpleValues.unknown(tag);
        return tag >= LONG ? tag - LONG + 1 : tag - INT + 1;
    }

    /** The number in so many bytes behind its tag. */
    static long at(byte[] bytes, int at, int length) {
        if (length > Integer.BYTES)
            return (long) last(bytes, at + length, length - Integer.BYTES) << Integer.SIZE
                    | Integer.toUnsignedLong((int) AS_INT.get(bytes, at));
        return last(bytes, at + length, length);
    }

    /** The number in the last bytes before the end, of which four are loaded, with what stands before them. */
    private static int last(byte[] bytes, int end, int length) {
        if (end >= Integer.BYTES)
            return (int) AS_INT.get(bytes, end - Integer.BYTES) >> Byte.SIZE * (Integer.BYTES - length);
        int number = bytes[end - 1]; // at the beginning of an array
        for (int i = 2; i <= length; i++) number = number << Byte.SIZE | (bytes[end - i] & 0xFF);
        return number;
    }
}
