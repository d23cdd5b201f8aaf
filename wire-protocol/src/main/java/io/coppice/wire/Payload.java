package io.coppice.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes inside a larger array. A view, not a copy: whoever makes one gives the bytes away.
 *
 * <p>A large array of primitives at its end may lie beside it instead, as its {@link #tail}, and goes to the socket and
 * comes from it without having been bytes in between. Asked for its bytes, such a payload puts all into one array; who
 * wants the tail must ask for {@link #head} and {@link #headLength} instead.
 */
public class Payload {
    /** Arrays from here on are worth being a tail. */
    public static final int TAIL_BYTES = 1 << 20;

    private final byte[] bytes;
    private final int offset;
    private final int headLength;

    public Payload(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.headLength = length;
    }

    public static Payload of(byte[] bytes) {
        return new Payload(bytes, 0, bytes.length);
    }

    /** These bytes, and behind them the elements of an array, if there is one. */
    public static Payload of(byte[] bytes, int offset, int headLength, @Nullable Object tail) {
        return tail == null
                ? new Payload(bytes, offset, headLength)
                : new Tailed(bytes, offset, headLength, tail, Objects.requireNonNull(ArrayKind.of(tail)));
    }

    /** All of it lies here, from {@link #offset} on. */
    public byte[] bytes() {
        return bytes;
    }

    public final int offset() {
        return offset;
    }

    /** Of all of it. */
    public int length() {
        return headLength;
    }

    /** The bytes before the tail lie here, from {@link #offset} on. */
    public final byte[] head() {
        return bytes;
    }

    public final int headLength() {
        return headLength;
    }

    /** An array of primitives, or null. */
    public @Nullable Object tail() {
        return null;
    }

    /** What is left of it from this place on, which is not in the tail. */
    public final Payload from(int place) {
        return of(bytes, place, headLength - (place - offset), tail());
    }

    /** A copy that keeps only these bytes alive. */
    public final byte[] toArray() {
        return Arrays.copyOfRange(bytes(), offset, offset + length());
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Payload that
                && Arrays.equals(
                        bytes(), offset, offset + length(), that.bytes(), that.offset, that.offset + that.length());
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(toArray());
    }

    @Override
    public final String toString() {
        return "Payload[length=" + length() + "]";
    }

    private static final class Tailed extends Payload {
        private final Object tail;
        private final ArrayKind kind;
        private final int count;

        Tailed(byte[] bytes, int offset, int headLength, Object tail, ArrayKind kind) {
            super(bytes, offset, headLength);
            this.tail = tail;
            this.kind = kind;
            this.count = kind.length(tail);
        }

        /** Anew each time: it is the way of those who do not care for speed. */
        @Override
        public byte[] bytes() {
            int end = offset() + headLength();
            byte[] all = Arrays.copyOf(head(), end + count * kind.elementBytes);
            kind.write(tail, 0, count, ByteBuffer.wrap(all, end, all.length - end));
            return all;
        }

        @Override
        public int length() {
            return headLength() + count * kind.elementBytes;
        }

        @Override
        public Object tail() {
            return tail;
        }
    }
}
