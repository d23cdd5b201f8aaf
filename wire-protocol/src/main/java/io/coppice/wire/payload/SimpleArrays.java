package io.coppice.wire.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The {@link SimpleValues} that have a length: strings, and arrays of primitives. Tag, number of elements as a varint, then
 * the elements as memory has them nearly everywhere, so that a large array is one copy.
 */
final class SimpleArrays {
    private SimpleArrays() {}

    // ---- writing ----

    static void write(PayloadBuffer out, String text) {
        int length = text.length();
        int start = out.size;
        int at = head(out, SimpleValues.LATIN_1, length, 1);
        byte[] bytes = out.bytes;
        int all = 0;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            bytes[at + i] = (byte) unit;
            all |= unit;
        }
        if (all <= 0xFF) return;
        out.size = start;
        at = head(out, SimpleValues.UTF_16, length, Character.BYTES);
        view(out.bytes, at, (long) length * Character.BYTES).asCharBuffer().put(text);
    }

    /** Writes the array, or writes nothing and returns false if it is not one of primitives. */
    static boolean write(PayloadBuffer out, Object value) {
        if (value instanceof byte[] array) {
            int at = head(out, SimpleValues.BYTES, array.length, 1);
            System.arraycopy(array, 0, out.bytes, at, array.length);
        } else if (value instanceof double[] array) {
            elements(out, SimpleValues.DOUBLES, array.length, Double.BYTES)
                    .asDoubleBuffer()
                    .put(array);
        } else if (value instanceof int[] array) {
            elements(out, SimpleValues.INTS, array.length, Integer.BYTES)
                    .asIntBuffer()
                    .put(array);
        } else if (value instanceof long[] array) {
            elements(out, SimpleValues.LONGS, array.length, Long.BYTES)
                    .asLongBuffer()
                    .put(array);
        } else if (value instanceof float[] array) {
            elements(out, SimpleValues.FLOATS, array.length, Float.BYTES)
                    .asFloatBuffer()
                    .put(array);
        } else if (value instanceof short[] array) {
            elements(out, SimpleValues.SHORTS, array.length, Short.BYTES)
                    .asShortBuffer()
                    .put(array);
        } else if (value instanceof char[] array) {
            elements(out, SimpleValues.CHARS, array.length, Character.BYTES)
                    .asCharBuffer()
                    .put(array);
        } else if (value instanceof boolean[] array) {
            int at = head(out, SimpleValues.BOOLEANS, array.length, 1);
            for (int i = 0; i < array.length; i++) out.bytes[at + i] = (byte) (array[i] ? 1 : 0);
        } else {
            return false;
        }
        return true;
    }

    /** Writes tag and length, takes the bytes of the elements, and says where they begin. */
    private static int head(PayloadBuffer out, byte tag, int length, int elementBytes) {
        int start = out.size;
        out.claim(varintLength(length) + 1 + (long) length * elementBytes);
        out.bytes[start] = tag;
        return Varints.put(out.bytes, start + 1, length);
    }

    private static int varintLength(int number) {
        return (38 - Integer.numberOfLeadingZeros(number | 1)) / 7;
    }

    private static ByteBuffer elements(PayloadBuffer out, byte tag, int length, int elementBytes) {
        int at = head(out, tag, length, elementBytes);
        return view(out.bytes, at, (long) length * elementBytes);
    }

    private static ByteBuffer view(byte[] bytes, int at, long length) {
        return ByteBuffer.wrap(bytes, at, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- reading ----

    /** How many bytes the value takes; all of them are there. */
    static int lengthAt(byte tag, byte[] bytes, int at, int end) {
        int elementBytes = elementBytes(tag);
        int elementsAt = at + 1 + Varints.length(bytes, at + 1, end, Varints.MAX_INT_BYTES);
        int length = Varints.intAt(bytes, at + 1, elementsAt - at - 1);
        if (length < 0 || length > (end - elementsAt) / elementBytes)
            throw new IllegalArgumentException(
                    "longer than its bytes: length=" + length + ", bytesLeft=" + (end - elementsAt));
        return elementsAt - at + length * elementBytes;
    }

    private static int elementBytes(byte tag) {
        return switch (tag) {
            case SimpleValues.LATIN_1, SimpleValues.BYTES, SimpleValues.BOOLEANS -> 1;
            case SimpleValues.UTF_16, SimpleValues.CHARS, SimpleValues.SHORTS -> 2;
            case SimpleValues.INTS, SimpleValues.FLOATS -> 4;
            case SimpleValues.LONGS, SimpleValues.DOUBLES -> 8;
            default -> throw SimpleValues.unknown(tag);
        };
    }

    /** The value in these bytes, whose length was checked. */
    static Object checked(byte tag, byte[] bytes, int at, int length) {
        int head = 1 + Varints.length(bytes, at + 1, at + length, Varints.MAX_INT_BYTES);
        int from = at + head;
        int left = length - head;
        return switch (tag) {
            case SimpleValues.LATIN_1 -> new String(bytes, from, left, StandardCharsets.ISO_8859_1);
            case SimpleValues.UTF_16 -> new String(chars(bytes, from, left));
            case SimpleValues.BYTES -> {
                byte[] array = new byte[left];
                System.arraycopy(bytes, from, array, 0, left);
                yield array;
            }
            case SimpleValues.INTS -> {
                int[] array = new int[left / Integer.BYTES];
                view(bytes, from, left).asIntBuffer().get(array);
                yield array;
            }
            case SimpleValues.LONGS -> {
                long[] array = new long[left / Long.BYTES];
                view(bytes, from, left).asLongBuffer().get(array);
                yield array;
            }
            case SimpleValues.DOUBLES -> {
                double[] array = new double[left / Double.BYTES];
                view(bytes, from, left).asDoubleBuffer().get(array);
                yield array;
            }
            case SimpleValues.FLOATS -> {
                float[] array = new float[left / Float.BYTES];
                view(bytes, from, left).asFloatBuffer().get(array);
                yield array;
            }
            case SimpleValues.SHORTS -> {
                short[] array = new short[left / Short.BYTES];
                view(bytes, from, left).asShortBuffer().get(array);
                yield array;
            }
            case SimpleValues.CHARS -> chars(bytes, from, left);
            case SimpleValues.BOOLEANS -> {
                boolean[] array = new boolean[left];
                for (int i = 0; i < left; i++) array[i] = bytes[from + i] != 0;
                yield array;
            }
            default -> throw SimpleValues.unknown(tag);
        };
    }

    private static char[] chars(byte[] bytes, int from, int length) {
        char[] array = new char[length / Character.BYTES];
        view(bytes, from, length).asCharBuffer().get(array);
        return array;
    }
}
