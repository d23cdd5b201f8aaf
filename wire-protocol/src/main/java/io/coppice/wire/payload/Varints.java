package io.coppice.wire.payload;

/** Numbers of one to nine bytes: seven bits a byte, the lowest first, the top bit set in all bytes but the last. */
final class Varints {
    static final int MAX_INT_BYTES = 5;
    /** The ninth byte of a long holds eight bits. */
    static final int MAX_LONG_BYTES = 9;

    private Varints() {}

    /** Small for a small number, be it negative. */
    static int zigzag(int number) {
        return (number << 1) ^ (number >> 31);
    }

    static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }

    static int unzigzag(int number) {
        return (number >>> 1) ^ -(number & 1);
    }

    static long unzigzag(long number) {
        return (number >>> 1) ^ -(number & 1);
    }

    /** @return where it ends */
    static int put(byte[] bytes, int at, int number) {
        int left = number;
        int next = at;
        for (; (left & ~0x7F) != 0; left >>>= 7) bytes[next++] = (byte) (left | 0x80);
        bytes[next++] = (byte) left;
        return next;
    }

    /** @return where it ends */
    static int put(byte[] bytes, int at, long number) {
        long left = number;
        int next = at;
        for (int last = at + MAX_LONG_BYTES - 1; (left & ~0x7FL) != 0 && next < last; left >>>= 7)
            bytes[next++] = (byte) (left | 0x80);
        bytes[next++] = (byte) left;
        return next;
    }

    /** How many bytes the number that begins here takes. */
    static int length(byte[] bytes, int at, int end, int most) {
        int last = Math.min(end, at + most);
        for (int next = at; next < last; next++) if (bytes[next] >= 0) return next + 1 - at;
        if (most == MAX_LONG_BYTES && last - at == most) return most;
        throw new IllegalArgumentException("a number without an end: bytesLeft=" + (end - at));
    }

    /** The number in so many bytes. */
    static int intAt(byte[] bytes, int at, int length) {
        int number = bytes[at] & 0x7F;
        for (int i = 1; i < length; i++) number |= (bytes[at + i] & 0x7F) << 7 * i;
        return number;
    }

    /** The number in so many bytes. */
    static long longAt(byte[] bytes, int at, int length) {
        long number = bytes[at] & 0x7F;
        for (int i = 1; i < length; i++)
            number |= (long) (bytes[at + i] & (i == MAX_LONG_BYTES - 1 ? 0xFF : 0x7F)) << 7 * i;
        return number;
    }
}
