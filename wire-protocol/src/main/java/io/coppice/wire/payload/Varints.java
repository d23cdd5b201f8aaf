package io.coppice.wire.payload;

/** Numbers of one to five bytes: seven bits a byte, the lowest first, the top bit set in all bytes but the last. */
final class Varints {
    private static final int MAX_BYTES = 5;

    private Varints() {}

    /** @return where it ends */
    static int put(byte[] bytes, int at, int number) {
        int left = number;
        int next = at;
        for (; (left & ~0x7F) != 0; left >>>= 7) bytes[next++] = (byte) (left | 0x80);
        bytes[next++] = (byte) left;
        return next;
    }

    /** How many bytes the number that begins here takes. */
    static int length(byte[] bytes, int at, int end) {
        int last = Math.min(end, at + MAX_BYTES);
        for (int next = at; next < last; next++) if (bytes[next] >= 0) return next + 1 - at;
        throw new IllegalArgumentException("a number without an end: bytesLeft=" + (end - at));
    }

    /** The number in so many bytes. */
    static int intAt(byte[] bytes, int at, int length) {
        int number = bytes[at] & 0x7F;
        for (int i = 1; i < length; i++) number |= (bytes[at + i] & 0x7F) << 7 * i;
        return number;
    }
}
