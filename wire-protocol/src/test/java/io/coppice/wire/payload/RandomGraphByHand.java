package io.coppice.wire.payload;

import io.coppice.wire.payload.RandomGraphNodes.Open;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.jspecify.annotations.NullUnmarked;

/** A user's classes that take part in Java serialization by hand, with places for other objects. */
@NullUnmarked
@SuppressWarnings("UnusedVariable") // fields that are written
final class RandomGraphByHand {
    private RandomGraphByHand() {}

    /** Java serialization by hand: what the fields hold, and something more. */
    static final class ByHand implements Serializable, Open {
        private static final long serialVersionUID = 1;
        private Object held;
        private transient Object alsoSent;
        private Object shown; // what came of alsoSent

        ByHand(Object held, Object alsoSent) {
            this.held = held;
            this.alsoSent = alsoSent;
            this.shown = alsoSent;
        }

        @Override
        public void put(Object value) {
            held = value;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeObject(alsoSent);
            out.writeInt(7);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            alsoSent = in.readObject();
            if (in.readInt() != 7 || alsoSent != shown) throw new IOException("not what was written");
        }
    }

    static final class External implements Externalizable, Open {
        private Object held;
        private String text = "from the constructor";

        public External() {}

        External(Object held, String text) {
            this.held = held;
            this.text = text;
        }

        @Override
        public void put(Object value) {
            held = value;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(held);
            out.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            held = in.readObject();
            text = in.readUTF();
        }
    }

    /** Sends another object in its place, which makes it again. */
    static final class Proxied implements Serializable {
        private static final long serialVersionUID = 1;
        private final Object held;

        Proxied(Object held) {
            this.held = held;
        }

        private Object writeReplace() {
            return new Form(held);
        }

        private record Form(Object held) implements Serializable {
            private Object readResolve() {
                return new Proxied(held);
            }
        }
    }
}
