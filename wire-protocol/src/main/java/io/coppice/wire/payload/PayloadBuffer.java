package io.coppice.wire.payload;

import io.coppice.wire.FrameDecoder;
import io.coppice.wire.Payload;
import java.util.Arrays;

/** Bytes that are being written, in an array that grows to what is needed: exactly, if that is much. */
final class PayloadBuffer {
    static final int MAX_BYTES = FrameDecoder.MAX_ITEMS_BYTES;

    private static final int FIRST_BYTES = 512;
    /** An array that one large value has grown past this is dropped after use. */
    private static final int KEPT_BYTES = 1 << 20;
    /** From here on an array that is nearly full is given away as it is: the next is cheaper made than this one copied. */
    private static final int GIVEN_BYTES = 64 << 10;

    /** Never null, not longer than {@link #MAX_BYTES}; written from 0 to {@link #size}. */
    byte[] bytes = new byte[FIRST_BYTES];

    int size;

    /** More than a frame can carry. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Where the next bytes go, with room for so many. */
    int room(int count) {
        int at = size;
        if (count > bytes.length - at) grow(at + (long) count);
        return at;
    }

    /** As {@link #room(int)}, and these bytes are taken. */
    int claim(long count) {
        int at = size;
        if (count > bytes.length - at) grow(at + count);
        size = at + (int) count;
        return at;
    }

    /** One byte. (Not {@code bytes[claim(1)] = value}: that takes the array as it was before it grew.) */
    void put(byte value) {
        int at = claim(1);
        bytes[at] = value;
    }

    private void grow(long needed) {
        if (needed > MAX_BYTES) throw new TooLarge();
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(MAX_BYTES, 2L * bytes.length)));
    }

    /** What was written; the buffer is empty afterwards. */
    Payload take() {
        byte[] written = bytes;
        int length = size;
        if (length < GIVEN_BYTES || length < written.length - written.length / 8) {
            clear();
            return Payload.of(Arrays.copyOf(written, length));
        }
        bytes = new byte[FIRST_BYTES];
        size = 0;
        return new Payload(written, 0, length);
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) bytes = new byte[FIRST_BYTES];
    }
}
