package io.coppice.wire;

import java.io.IOException;

/** Where an encoder puts bytes. The array is the caller's again when this returns, unless {@code given} is true. */
@FunctionalInterface
public interface ByteSink {
    /** @param given the array will not change any more: the sink may keep it instead of copying */
    void write(byte[] bytes, int offset, int length, boolean given) throws IOException;
}
