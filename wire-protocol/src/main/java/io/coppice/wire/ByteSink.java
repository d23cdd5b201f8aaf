package io.coppice.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where an encoder puts bytes. The array is the caller's again when this returns, unless {@code given} is true. */
@FunctionalInterface
public interface ByteSink {
    /** @param given the array will not change any more: the sink may keep it instead of copying */
    void write(byte[] bytes, int offset, int length, boolean given) throws IOException;

    /** Puts the elements of a large array, which will not change any more: a sink may keep it and send it in pieces. */
    default void write(Object array, ArrayKind kind) throws IOException {
        int count = kind.length(array);
        byte[] bytes = new byte[count * kind.elementBytes];
        kind.write(array, 0, count, ByteBuffer.wrap(bytes));
        write(bytes, 0, bytes.length, true);
    }
}
