package io.coppice.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where an encoder puts bytes. The array is the caller's again when this returns, unless {@code given} is true. */
@FunctionalInterface
public interface ByteSink {
    /** @param given the array will not change any more: the sink may keep it instead of copying */
    void write(byte[] bytes, int offset, int length, boolean given) throws IOException;

    /** Puts the elements of a large array: a sink may keep them, send them in pieces, and {@linkplain Elements#release
     * release} them then. */
    default void write(Elements elements) throws IOException {
        byte[] bytes = new byte[(int) elements.bytes()];
        elements.write(0, elements.length, ByteBuffer.wrap(bytes));
        elements.release();
        write(bytes, 0, bytes.length, true);
    }
}
