package io.coppice.wire.netty;

import io.coppice.wire.Elements;
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

    /** Nothing of it will be put any more. */
    void release() {}

    static Piece of(byte[] bytes, int offset, int length) {
        return new Piece(length) {
            @Override
            int put(ByteBuffer into) {
                into.put(bytes, offset + (int) sent, (int) Math.min(into.remaining(), length - sent));
                return 0;
            }
        };
    }

    static Piece of(Elements elements) {
        int size = elements.kind.elementBytes;
        return new Piece(elements.bytes()) {
            @Override
            int put(ByteBuffer into) {
                int from = (int) (sent / size);
                elements.write(from, Math.min(into.remaining() / size, elements.length - from), into);
                return (int) (sent % size);
            }

            @Override
            void release() {
                elements.release();
            }
        };
    }
}
