package io.coppice.wire;

import java.nio.charset.StandardCharsets;

/**
 * What a worker may ask its parent for: a class or a resource, as one of the parent's class loaders knows it.
 *
 * @param loader the loader's number
 * @param name a class's binary name ({@code com.acme.Job$1}), a resource's path
 */
public record CodeName(Kind kind, int loader, String name) {
    /** As long as a class's name can be in a class file; there is nothing of a longer one. */
    public static final int MAX_BYTES = 65535;

    /** Whether it can be asked for. */
    public boolean isShortEnough() {
        return name.length() <= MAX_BYTES / 3 || name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /** What is wanted under that name. */
    public enum Kind {
        CLASS(1),
        /** The first resource of that name. */
        RESOURCE(2),
        /** All resources of that name, in the loader's order. */
        RESOURCES(3);

        final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        static Kind ofCode(FrameType type, byte code) throws WireException {
            for (Kind kind : values()) if (kind.code == code) return kind;
            throw WireException.malformed(type, "kindOfCode=" + (code & 0xFF));
        }
    }
}
