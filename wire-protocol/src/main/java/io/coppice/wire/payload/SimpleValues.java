package io.coppice.wire.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The values that most calls pass, each as a tag byte and its bytes, straight between an array and the value: without
 * Kryo, which a worker that sees nothing else never loads, and without an object but the value. Tags are part of the
 * wire format. What is read is checked first: bytes come from the other side and may be anything.
 */
public final class SimpleValues {
    private static final byte NULL = 0;
    private static final byte FALSE = 1;
    private static final byte TRUE = 2;
    private static final byte BYTE = 3;
    private static final byte SHORT = 4;
    private static final byte CHAR = 5;
    private static final byte FLOAT = 8;
    private static final byte DOUBLE = 9;
    static final byte LATIN_1 = 10;
    static final byte UTF_16 = 15;
    // 11 to 14 and 16 to 19 are arrays, 20 to 31 Numbers.
    private static final byte LAST = Numbers.LAST_LONG;

    /** Apart: each takes a while to make, and a first call of a program seldom needs one. */
    private static final class Views {
        static final VarHandle AS_SHORT = view(short[].class);
        static final VarHandle AS_CHAR = view(char[].class);
        static final VarHandle AS_INT = view(int[].class);
        static final VarHandle AS_LONG = view(long[].class);

        private static VarHandle view(Class<?> arrayType) {
            return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private SimpleValues() {}

    // ---- writing ----

    /** Writes the value, or writes nothing and returns false if it is not a simple one. */
    static boolean write(PayloadBuffer out, @Nullable Object value) {
        return write(out, value, true);
    }

    /** @param mayChange before it is taken, so that a large array must be copied at once */
    static boolean write(PayloadBuffer out, @Nullable Object value, boolean mayChange) {
        if (value == null) {
            out.put(NULL);
            return true;
        }
        // Exact classes only, so a switch over the class would do; this order puts the common ones first.
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            Numbers.write(out, Numbers.INT, (int) value);
        } else if (type == Long.class) {
            Numbers.write(out, Numbers.LONG, (long) value);
        } else if (type == String.class) {
            SimpleArrays.write(out, (String) value);
        } else if (type == Double.class) {
            int at = out.claim(1 + Double.BYTES);
            out.bytes[at] = DOUBLE;
            Views.AS_LONG.set(out.bytes, at + 1, Double.doubleToRawLongBits((double) value));
        } else if (type == Boolean.class) {
            out.put((boolean) value ? TRUE : FALSE);
        } else if (type.isArray()) {
            return SimpleArrays.write(out, value, mayChange);
        } else if (type == Float.class) {
            int at = out.claim(1 + Float.BYTES);
            out.bytes[at] = FLOAT;
            Views.AS_INT.set(out.bytes, at + 1, Float.floatToRawIntBits((float) value));
        } else if (type == Character.class) {
            int at = out.claim(1 + Character.BYTES);
            out.bytes[at] = CHAR;
            Views.AS_CHAR.set(out.bytes, at + 1, (char) value);
        } else if (type == Short.class) {
            int at = out.claim(1 + Short.BYTES);
            out.bytes[at] = SHORT;
            Views.AS_SHORT.set(out.bytes, at + 1, (short) value);
        } else if (type == Byte.class) {
            int at = out.claim(2);
            out.bytes[at] = BYTE;
            out.bytes[at + 1] = (byte) value;
        } else {
            return false;
        }
        return true;
    }

    // ---- reading ----

    /** Whether a payload is one simple value, as its first byte says. */
    public static boolean isSimple(byte[] bytes, int offset, int length) {
        return length > 0 && bytes[offset] >= NULL && bytes[offset] <= LAST;
    }

    /**
     * The simple value that is exactly these bytes. Any thread, any number of times.
     *
     * @throws PayloadException if they are not one
     */
    public static @Nullable Object read(byte[] bytes, int offset, int length) throws PayloadException {
        try {
            return value(bytes, offset, length);
        } catch (Throwable failure) {
            throw new PayloadException(Unwritable.reason(failure), failure);
        }
    }

    /** As {@link #read}, but throws what it is. */
    static @Nullable Object value(byte[] bytes, int offset, int length) {
        int takes = lengthAt(bytes, offset, offset + length);
        if (takes != length)
            throw new IllegalArgumentException("bytes behind the value: bytesLeft=" + (length - takes));
        return checked(bytes, offset, length);
    }

    /** How many bytes the simple value that begins here takes, its tag included; all of them are there. */
    static int lengthAt(byte[] bytes, int at, int end) {
        int left = end - at;
        if (left <= 0) throw new IllegalArgumentException("a value without a tag: bytesLeft=" + left);
        int length = lengthAt(bytes[at], bytes, at, end);
        if (length > left)
            throw new IllegalArgumentException("longer than its bytes: length=" + length + ", bytesLeft=" + left);
        return length;
    }

    private static int lengthAt(byte tag, byte[] bytes, int at, int end) {
        if (tag >= Numbers.INT) return 1 + Numbers.length(tag);
        return switch (tag) {
            case NULL, FALSE, TRUE -> 1;
            case BYTE -> 1 + Byte.BYTES;
            case SHORT, CHAR -> 1 + Short.BYTES;
            case FLOAT -> 1 + Float.BYTES;
            case DOUBLE -> 1 + Double.BYTES;
            default -> SimpleArrays.lengthAt(tag, bytes, at, end);
        };
    }

    /** The value in these bytes, whose length is what {@link #lengthAt} has said. */
    static @Nullable Object checked(byte[] bytes, int at, int length) {
        byte tag = bytes[at];
        if (tag >= Numbers.LONG) return Numbers.at(bytes, at + 1, length - 1);
        if (tag >= Numbers.INT) return (int) Numbers.at(bytes, at + 1, length - 1);
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case BYTE -> bytes[at + 1];
            case SHORT -> (short) Views.AS_SHORT.get(bytes, at + 1);
            case CHAR -> (char) Views.AS_CHAR.get(bytes, at + 1);
            case FLOAT -> Float.intBitsToFloat((int) Views.AS_INT.get(bytes, at + 1));
            case DOUBLE -> Double.longBitsToDouble((long) Views.AS_LONG.get(bytes, at + 1));
            default -> SimpleArrays.checked(tag, bytes, at, length);
        };
    }

    /** Fills {@code into} with values that stand one behind the other, up to the end. */
    static void row(byte[] bytes, int from, int end, @Nullable Object[] into) {
        int at = from;
        for (int i = 0; i < into.length; i++) {
            int length = lengthAt(bytes, at, end);
            into[i] = checked(bytes, at, length);
            at += length;
        }
        if (at != end) throw new IllegalArgumentException("bytes behind the value: bytesLeft=" + (end - at));
    }

    static IllegalArgumentException unknown(byte tag) {
        return new IllegalArgumentException("unknown value tag: tag=" + tag);
    }
}
