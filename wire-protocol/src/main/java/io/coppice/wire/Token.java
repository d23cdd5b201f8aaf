package io.coppice.wire;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * The 32 random bytes that a worker is born with and shows once, in HELLO. They travel over the child's stdin, never
 * in an argument or the environment, and {@link #toString} does not tell them.
 */
public final class Token {
    private final byte[] bytes;

    private Token(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new one, from the system's secure random source. */
    public static Token random() {
        byte[] bytes = new byte[FrameLayout.TOKEN_BYTES];
        // What a SecureRandom would be seeded from, which takes some thirty classes more.
        try (InputStream system = new FileInputStream("/dev/urandom")) {
            if (system.readNBytes(bytes, 0, bytes.length) == bytes.length) return new Token(bytes);
        } catch (IOException notThisSystem) {
            // then the JDK knows where to get it
        }
        new SecureRandom().nextBytes(bytes);
        return new Token(bytes);
    }

    /** A token of these bytes, which are copied. */
    public static Token of(byte[] bytes, int offset) {
        byte[] copy = new byte[FrameLayout.TOKEN_BYTES];
        System.arraycopy(bytes, offset, copy, 0, copy.length);
        return new Token(copy);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Compares in a time that does not depend on where the first difference lies. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Token that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    }

    @Override
    public String toString() {
        return "Token[not shown]";
    }
}
