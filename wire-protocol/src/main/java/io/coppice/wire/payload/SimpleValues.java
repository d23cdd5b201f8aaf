package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * The values that most calls pass, each as a tag byte and its bytes, without Kryo: a worker that sees nothing else
 * never loads it. Tags are part of the wire format.
 */
final class SimpleValues {
    static final byte NULL = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    static final byte BYTE = 3;
    static final byte SHORT = 4;
    static final byte CHAR = 5;
    static final byte INT = 6;
    static final byte LONG = 7;
    static final byte FLOAT = 8;
    static final byte DOUBLE = 9;
    static final byte STRING = 10;
    static final byte BYTES = 11;
    static final byte INTS = 12;
    static final byte LONGS = 13;
    static final byte DOUBLES = 14;

    private SimpleValues() {}

    /** Writes the value, or writes nothing and returns false if it is not a simple one. */
    static boolean write(Output out, @Nullable Object value) {
        if (value == null) {
            out.writeByte(NULL);
            return true;
        }
        // Exact classes only, so a switch over the class would do; this order puts the common ones first.
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            out.writeByte(INT);
            out.writeVarInt((Integer) value, false);
        } else if (type == Long.class) {
            out.writeByte(LONG);
            out.writeVarLong((Long) value, false);
        } else if (type == String.class) {
            out.writeByte(STRING);
            out.writeString((String) value);
        } else if (type == Double.class) {
            out.writeByte(DOUBLE);
            out.writeDouble((Double) value);
        } else if (type == Boolean.class) {
            out.writeByte((Boolean) value ? TRUE : FALSE);
        } else if (type == byte[].class) {
            byte[] array = (byte[]) value;
            out.writeByte(BYTES);
            out.writeVarInt(array.length, true);
            out.writeBytes(array);
        } else if (type == double[].class) {
            double[] array = (double[]) value;
            out.writeByte(DOUBLES);
            out.writeVarInt(array.length, true);
            out.writeDoubles(array, 0, array.length);
        } else if (type == long[].class) {
            long[] array = (long[]) value;
            out.writeByte(LONGS);
            out.writeVarInt(array.length, true);
            out.writeLongs(array, 0, array.length);
        } else if (type == int[].class) {
            int[] array = (int[]) value;
            out.writeByte(INTS);
            out.writeVarInt(array.length, true);
            out.writeInts(array, 0, array.length);
        } else if (type == Float.class) {
            out.writeByte(FLOAT);
            out.writeFloat((Float) value);
        } else if (type == Character.class) {
            out.writeByte(CHAR);
            out.writeChar((Character) value);
        } else if (type == Short.class) {
            out.writeByte(SHORT);
            out.writeShort((Short) value);
        } else if (type == Byte.class) {
            out.writeByte(BYTE);
            out.writeByte((Byte) value);
        } else {
            return false;
        }
        return true;
    }

    /** Reads the value whose tag was just read. */
    static @Nullable Object read(byte tag, CheckedInput in) {
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case BYTE -> in.readByte();
            case SHORT -> in.readShort();
            case CHAR -> in.readChar();
            case INT -> in.readVarInt(false);
            case LONG -> in.readVarLong(false);
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case STRING -> in.readString();
            case BYTES -> in.readBytes(in.readVarInt(true));
            case INTS -> in.readInts(in.readVarInt(true));
            case LONGS -> in.readLongs(in.readVarInt(true));
            case DOUBLES -> in.readDoubles(in.readVarInt(true));
            default -> throw new IllegalArgumentException("unknown value tag: tag=" + tag);
        };
    }
}
