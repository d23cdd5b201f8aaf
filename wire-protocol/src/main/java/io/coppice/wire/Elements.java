package io.coppice.wire;

import java.nio.ByteBuffer;
import java.util.Objects;

/** A large array of primitives that stands behind the bytes of a {@link Payload}, as those see it who send it. */
public abstract sealed class Elements permits LentArray, Elements.Of {
    public final ArrayKind kind;
    /** How many there are. */
    public final int length;

    Elements(ArrayKind kind, int length) {
        this.kind = kind;
        this.length = length;
    }

    /** Those of an array of primitives that will not change any more. */
    public static Elements of(Object array) {
        return new Of(array, Objects.requireNonNull(ArrayKind.of(array)));
    }

    public final long bytes() {
        return (long) length * kind.elementBytes;
    }

    /** The array with these elements, which will not change any more. */
    public abstract Object array();

    /** Puts so many elements into the buffer. Who sends them does not ask for those before {@code from} again. */
    public abstract void write(int from, int count, ByteBuffer to);

    /** Who sends them needs them no more: all were sent, or never will be. */
    public abstract void release();

    static final class Of extends Elements {
        private final Object array;

        private Of(Object array, ArrayKind kind) {
            super(kind, kind.length(array));
            this.array = array;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public void write(int from, int count, ByteBuffer to) {
            kind.write(array, from, count, to);
        }

        @Override
        public void release() {}
    }
}
