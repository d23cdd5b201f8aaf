package io.coppice.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
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
                : new Tailed(bytes, offset, headLength, Elements.of(tail));
    }

    /**
     * These bytes, and behind them the elements of an array that this thread lends: it must {@linkplain
     * LentArray#awaitReturn wait} for it before it gives it out of hand.
     */
    public static Payload lending(byte[] bytes, int offset, int headLength, Object tail) {
        return new Tailed(bytes, offset, headLength, LentArray.lend(tail));
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
    public final @Nullable Object tail() {
        Elements elements = elements();
        return elements == null ? null : elements.array();
    }

    /** The tail, for who sends it; or null. */
    public @Nullable Elements elements() {
        return null;
    }

    /** What is left of it from this place on, which is not in the tail. */
    public final Payload from(int place) {
        int left = headLength - (place - offset);
        Elements elements = elements();
        return elements == null ? new Payload(bytes, place, left) : new Tailed(bytes, place, left, elements);
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
        private final Elements elements;

        Tailed(byte[] bytes, int offset, int headLength, Elements elements) {
            super(bytes, offset, headLength);
            this.elements = elements;
        }

        /** Anew each time: it is the way of those who do not care for speed. */
        @Override
        public byte[] bytes() {
            int end = offset() + headLength();
            byte[] all = Arrays.copyOf(head(), end + (int) elements.bytes());
            elements.kind.write(elements.array(), 0, elements.length, ByteBuffer.wrap(all, end, all.length - end));
            return all;
        }

        @Override
        public int length() {
            return headLength() + (int) elements.bytes();
        }

        @Override
        public Elements elements() {
            return elements;
        }
    }
}
