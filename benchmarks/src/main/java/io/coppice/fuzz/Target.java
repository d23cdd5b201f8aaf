package io.coppice.fuzz;

import java.util.SplittableRandom;

/** A decoder and what it is fed. One thread at a time. */
interface Target {
    /** Bytes for it, most of them nearly right; the same for the same random numbers. */
    byte[] input(SplittableRandom random);

    /**
     * Decodes, and reads all there is to be read of the outcome.
     *
     * @return whether there was one; false: refused, by the exception that is documented
     * @throws Throwable anything else: a finding
     */
    boolean takes(byte[] input) throws Throwable;

    /** Memory that an input of this length may take, in bytes, in all. */
    long mostAllocated(int length);
}
