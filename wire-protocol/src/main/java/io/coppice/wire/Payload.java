package io.coppice.wire;

import java.util.Arrays;

/** Encoded bytes inside a larger array. A view, not a copy: whoever makes one gives the bytes away. */
public record Payload(byte[] bytes, int offset, int length) {
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, 0, bytes.length);
    }

    /** A copy that keeps only these bytes alive. */
    public byte[] toArray() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && Arrays.equals(bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    @Override
    public String toString() {
        return "Payload[length=" + length + "]";
    }
}
