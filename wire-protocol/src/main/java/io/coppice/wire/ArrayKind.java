package io.coppice.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The arrays of primitives, which travel as their elements, little-endian: what memory holds nearly everywhere. */
public enum ArrayKind {
    BYTES(11, Byte.BYTES),
    INTS(12, Integer.BYTES),
    LONGS(13, Long.BYTES),
    DOUBLES(14, Double.BYTES),
    FLOATS(16, Float.BYTES),
    SHORTS(17, Short.BYTES),
    CHARS(18, Character.BYTES),
    BOOLEANS(19, 1);

    private static final int CODES = 20;

    private static final @Nullable ArrayKind[] BY_CODE = new ArrayKind[CODES];

    static {
        for (ArrayKind kind : values()) BY_CODE[kind.code] = kind;
    }

    /** The tag of such a value in a payload. */
    public final byte code;

    public final int elementBytes;

    ArrayKind(int code, int elementBytes) {
        this.code = (byte) code;
        this.elementBytes = elementBytes;
    }

    /** The kind of this array; null if it is not one of primitives. */
    public static @Nullable ArrayKind of(Object array) {
        if (array instanceof byte[]) return BYTES;
        if (array instanceof double[]) return DOUBLES;
        if (array instanceof int[]) return INTS;
        if (array instanceof long[]) return LONGS;
        if (array instanceof float[]) return FLOATS;
        if (array instanceof short[]) return SHORTS;
        if (array instanceof char[]) return CHARS;
        return array instanceof boolean[] ? BOOLEANS : null;
    }

    /** The kind with this code, or null. */
    public static @Nullable ArrayKind ofCode(byte code) {
        return code >= 0 && code < CODES ? BY_CODE[code] : null;
    }

    public int length(Object array) {
        return switch (this) {
            case BYTES -> ((byte[]) array).length;
            case INTS -> ((int[]) array).length;
            case LONGS -> ((long[]) array).length;
            case DOUBLES -> ((double[]) array).length;
            case FLOATS -> ((float[]) array).length;
            case SHORTS -> ((short[]) array).length;
            case CHARS -> ((char[]) array).length;
            case BOOLEANS -> ((boolean[]) array).length;
        };
    }

    public Object make(int length) {
        return switch (this) {
            case BYTES -> new byte[length];
            case INTS -> new int[length];
            case LONGS -> new long[length];
            case DOUBLES -> new double[length];
            case FLOATS -> new float[length];
            case SHORTS -> new short[length];
            case CHARS -> new char[length];
            case BOOLEANS -> new boolean[length];
        };
    }

    public Object copy(Object array) {
        return copy(array, 0);
    }

    /** A copy of the elements from this one on. */
    Object copy(Object array, int from) {
        int end = length(array);
        return switch (this) {
            case BYTES -> Arrays.copyOfRange((byte[]) array, from, end);
            case INTS -> Arrays.copyOfRange((int[]) array, from, end);
            case LONGS -> Arrays.copyOfRange((long[]) array, from, end);
            case DOUBLES -> Arrays.copyOfRange((double[]) array, from, end);
            case FLOATS -> Arrays.copyOfRange((float[]) array, from, end);
            case SHORTS -> Arrays.copyOfRange((short[]) array, from, end);
            case CHARS -> Arrays.copyOfRange((char[]) array, from, end);
            case BOOLEANS -> Arrays.copyOfRange((boolean[]) array, from, end);
        };
    }

    /** Puts so many elements, from that one on, into the buffer. */
    public void write(Object array, int from, int count, ByteBuffer to) {
        to.order(ByteOrder.LITTLE_ENDIAN);
        int bytes = count * elementBytes;
        switch (this) {
            case BYTES -> to.put(to.position(), (byte[]) array, from, count);
            case INTS -> to.asIntBuffer().put((int[]) array, from, count);
            case LONGS -> to.asLongBuffer().put((long[]) array, from, count);
            case DOUBLES -> to.asDoubleBuffer().put((double[]) array, from, count);
            case FLOATS -> to.asFloatBuffer().put((float[]) array, from, count);
            case SHORTS -> to.asShortBuffer().put((short[]) array, from, count);
            case CHARS -> to.asCharBuffer().put((char[]) array, from, count);
            case BOOLEANS -> {
                boolean[] booleans = (boolean[]) array;
                int at = to.position();
                for (int i = 0; i < count; i++) to.put(at + i, (byte) (booleans[from + i] ? 1 : 0));
            }
        }
        to.position(to.position() + bytes);
    }

    /** Takes so many elements out of the buffer. */
    public void read(ByteBuffer from, Object array, int at, int count) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        int bytes = count * elementBytes;
        switch (this) {
            case BYTES -> from.get(from.position(), (byte[]) array, at, count);
            case INTS -> from.asIntBuffer().get((int[]) array, at, count);
            case LONGS -> from.asLongBuffer().get((long[]) array, at, count);
            case DOUBLES -> from.asDoubleBuffer().get((double[]) array, at, count);
            case FLOATS -> from.asFloatBuffer().get((float[]) array, at, count);
            case SHORTS -> from.asShortBuffer().get((short[]) array, at, count);
            case CHARS -> from.asCharBuffer().get((char[]) array, at, count);
            case BOOLEANS -> {
                boolean[] booleans = (boolean[]) array;
                int first = from.position();
                for (int i = 0; i < count; i++) booleans[at + i] = from.get(first + i) != 0;
            }
        }
        from.position(from.position() + bytes);
    }
}
