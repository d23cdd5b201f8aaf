package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.io.Input;
import org.jspecify.annotations.Nullable;

/**
 * Kryo's input, refusing a length that the bytes cannot hold before an array is made for it: Kryo itself allocates on
 * the word of whatever number stands there.
 */
final class CheckedInput extends Input {
    private static final byte[] NO_BYTES = new byte[0];
    private static final int FIRST_CHARS = 32;
    /** A text buffer that one long string has grown past this is dropped after use. */
    private static final int KEPT_CHARS = 1 << 16;

    private int start;

    CheckedInput() {
        super(NO_BYTES);
    }

    @Override
    public void setBuffer(byte[] bytes, int offset, int count) {
        super.setBuffer(bytes, offset, count);
        start = offset;
    }

    /** How many bytes have been read: there are no more objects than that, whatever is told. */
    int taken() {
        return position - start;
    }

    /** Lets go of the bytes. */
    void clear() {
        setBuffer(NO_BYTES);
    }

    /** This length, if so many elements of at least this size can still come. */
    int checked(int length, int elementBytes) {
        int left = limit - position;
        if (length < 0 || length > left / elementBytes)
            throw new IllegalArgumentException("longer than its bytes: length=" + length + ", bytesLeft=" + left);
        return length;
    }

    @Override
    public String readString() {
        if (readVarIntFlag()) {
            int start = position;
            int charsPlusOne = readVarIntFlag(true); // zero is null
            if (charsPlusOne != 0) checked(charsPlusOne - 1, 1);
            position = start;
        }
        String text = super.readString();
        if (chars.length > KEPT_CHARS) chars = new char[FIRST_CHARS];
        return text;
    }

    /** Kryo's reads the length by itself. */
    @Override
    public @Nullable StringBuilder readStringBuilder() {
        String text = readString();
        return text == null ? null : new StringBuilder(text);
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(checked(length, Byte.BYTES));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(checked(length, 1));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(checked(length, Short.BYTES));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(checked(length, Character.BYTES));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(checked(length, Integer.BYTES));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(checked(length, 1), optimizePositive);
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(checked(length, Long.BYTES));
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(checked(length, 1), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(checked(length, Float.BYTES));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(checked(length, Double.BYTES));
    }
}
