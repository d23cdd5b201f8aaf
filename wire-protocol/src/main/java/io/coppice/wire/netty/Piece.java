package io.coppice.wire.netty;

import io.coppice.wire.ArrayKind;
import java.nio.ByteBuffer;

/** Something of which a {@link PlainLine} has sent a part: bytes, or the elements of an array. */
abstract class Piece {
    /** Bytes that were sent. */
    long sent;

    final long length;

    private Piece(long length) {
        this.length = length;
    }

    boolean isSent() {
        return sent == length;
    }

    /**
     * Puts into the buffer what is to be sent next, as much as fits.
     *
     * @return how many of these bytes come first that were sent already: of an element that was cut
     */
    abstract int put(ByteBuffer into);

    static Piece of(byte[] bytes, int offset, int length) {
        return new Piece(length) {
            @Override
            int put(ByteBuffer into) {
                into.put(bytes, offset + (int) sent, (int) Math.min(into.remaining(), length - sent));
                return 0;
            }
        };
    }

    static Piece of(Object array, ArrayKind kind) {
        int elements = kind.length(array);
        int size = kind.elementBytes;
        return new Piece((long) elements * size) {
            @Override
            int put(ByteBuffer into) {
                int from = (int) (sent / size);
                kind.write(array, from, Math.min(into.remaining() / size, elements - from), into);
                return (int) (sent % size);
            }
        };
    }
}
