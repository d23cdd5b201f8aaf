package io.coppice.wire.payload;

import io.coppice.wire.ArrayKind;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are being written, in an array that grows to what is needed: exactly, if that is much. A large array of
 * primitives at the end is kept beside it, as the {@link Payload#tail} of what is taken next, until more is written.
 */
final class PayloadBuffer {
    static final int MAX_BYTES = FrameDecoder.MAX_ITEMS_BYTES;

    private static final int FIRST_BYTES = 512;
    /** An array that one large value has grown past this is dropped after use. */
    private static final int KEPT_BYTES = 1 << 20;
    /**
     * From here on an array that is nearly full is given away as it is: the next is cheaper made than this one copied.
     */
    private static final int GIVEN_BYTES = 64 << 10;

    /** Written from 0 to {@link #size}. Not longer than {@link #MAX_BYTES}. */
    byte[] bytes = new byte[FIRST_BYTES];

    int size;

    /** Where writing must stop and think: the end of the array, or at once if there is a tail. */
    private int limit = FIRST_BYTES;

    private @Nullable Object tail;
    private int tailBytes;

    /** More than a frame can carry. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Where the next bytes go, with room for so many. */
    int room(int count) {
        if (count > limit - size) grow(count);
        return size;
    }

    /** As {@link #room(int)}, and these bytes are taken. */
    int claim(long count) {
        if (count > limit - size) grow(count);
        int at = size;
        size = at + (int) count;
        return at;
    }

    /** One byte. (Not {@code bytes[claim(1)] = value}: that takes the array as it was before it grew.) */
    void put(byte value) {
        int at = claim(1);
        bytes[at] = value;
    }

    private void grow(long count) {
        joinTail();
        long needed = size + count;
        if (needed > MAX_BYTES) throw new TooLarge();
        if (needed > bytes.length)
            use(Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(MAX_BYTES, 2L * bytes.length))));
    }

    private void use(byte[] array) {
        bytes = array;
        limit = array.length;
    }

    /** These bytes instead, of which so many are written. */
    void replace(byte[] array, int written) {
        use(array);
        size = written;
    }

    /** What comes behind the bytes, until more is written. It may not change before {@link #take}, or then. */
    void putTail(Object array, int arrayBytes) {
        if ((long) size + arrayBytes > MAX_BYTES) throw new TooLarge();
        tail = array;
        tailBytes = arrayBytes;
        limit = 0;
    }

    /** Everything written, the tail included. */
    int length() {
        return size + tailBytes;
    }

    /** Puts the tail with the other bytes. */
    void joinTail() {
        if (tail == null) return;
        Object array = tail;
        int end = size + tailBytes;
        ArrayKind kind = Objects.requireNonNull(ArrayKind.of(array));
        dropTail();
        if (end > bytes.length) use(Arrays.copyOf(bytes, end));
        kind.write(array, 0, kind.length(array), ByteBuffer.wrap(bytes, size, end - size));
        size = end;
    }

    private void dropTail() {
        tail = null;
        tailBytes = 0;
        limit = bytes.length;
    }

    /** Forgets what was written since it was so long. */
    void backTo(int length) {
        if (tail != null && length < size + tailBytes) dropTail();
        if (tail == null) size = length;
    }

    /** What was written; the buffer is empty afterwards. */
    Payload take() {
        Object array = tail;
        int length = size;
        return Payload.of(takeBytes(), 0, length, array);
    }

    /** As {@link #take}, but this thread {@linkplain Payload#lending lends} the tail. */
    Payload lend() {
        Object array = tail;
        if (array == null) return take();
        int length = size;
        return Payload.lending(takeBytes(), 0, length, array);
    }

    private byte[] takeBytes() {
        byte[] written = bytes;
        int length = size;
        if (tail != null) dropTail();
        if (length < GIVEN_BYTES || length < written.length - written.length / 8) {
            clear();
            return Arrays.copyOf(written, length);
        }
        replace(new byte[FIRST_BYTES], 0);
        return written;
    }

    void clear() {
        clear(KEPT_BYTES);
    }

    /** Drops an array that is larger than this. */
    void clear(int keptBytes) {
        if (tail != null) dropTail();
        size = 0;
        if (bytes.length > keptBytes) use(new byte[FIRST_BYTES]);
    }
}
