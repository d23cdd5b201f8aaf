package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** A user's classes that take part in Java serialization, as the long tradition has it. */
@NullUnmarked
@SuppressWarnings({"UnusedVariable", "BanSerializableRead"}) // fields that are written
final class ValueKindsOfSerialization {
    private ValueKindsOfSerialization() {}

    static void addTo(ValueKinds kinds) {
        kinds.add(
                "Serializable with a transient field",
                () -> new Account("a", 3),
                (sent, back) -> assertThat(back.cache).isNull());
        kinds.add("final fields without a default constructor", () -> new Account("b", Long.MIN_VALUE));
        kinds.add(
                "Serializable class of a superclass that is not",
                Sub::new,
                (sent, back) -> assertThat(back.base).isEqualTo("changed"));
        kinds.add("Serializable object that holds one that is not", () -> new Account(new Unmarked(5), 1));
        kinds.add(
                "writeObject and readObject",
                () -> new ByHand(new ArrayList<>(List.of(1))),
                (sent, back) -> assertThat(back.rebuilt).isEqualTo("rebuilt 1"));
        kinds.add("writeObject with fields by name", () -> new ByName("n", 4), (sent, back) -> {
            assertThat(back.name).isEqualTo("n");
            assertThat(back.number).isEqualTo(4);
        });
        kinds.add(
                "readObject alone",
                () -> new Restored(7),
                (sent, back) -> assertThat(back.lock).isNotNull());
        kinds.add("Externalizable", () -> new Outside(7, "text", new HashMap<>(Map.of("k", 1))));
        kinds.add(
                "singleton by readResolve",
                () -> Singleton.INSTANCE,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.add(
                "typesafe constants of old",
                () -> List.of(Suit.HEARTS, Suit.SPADES),
                (sent, back) -> assertThat(back.get(0)).isSameAs(Suit.HEARTS));
        kinds.add("serialization proxy", () -> new Span(1, 2));
        kinds.add("serialization proxy of a hidden subclass", () -> Span.reversed(2, 1));
        kinds.addLoosely(
                "writeReplace by something else",
                () -> new Account(new Redacted("secret"), 1),
                (sent, back) -> assertThat(back.owner).isEqualTo("redacted"));
        kinds.add(
                "readObject that registers a check for later",
                () -> new Validated(3),
                (sent, back) -> assertThat(back.checked).isTrue());
        kinds.add("writeObject of what is shared with others", () -> {
            List<Object> shared = new ArrayList<>(List.of("shared"));
            return new ArrayList<>(List.of(new ByHand(shared), shared, new Account(shared, 1)));
        });
        kinds.add(
                "Externalizable that holds a lambda",
                () -> new Outside(1, "l", (RandomGraphNodes.Source<Object>) () -> "l"));
        kinds.add(
                "writeObject that holds a class that is not Serializable",
                () -> new ByHand(new ArrayList<>(List.of(new Unmarked(1)))),
                (sent, back) -> assertThat(((Unmarked) back.list.get(0)).number).isEqualTo(1));
        kinds.add("cycle through writeObject", () -> {
            List<Object> list = new ArrayList<>();
            list.add(new ByHand(list));
            return list;
        });
    }

    static final class Account implements Serializable {
        private static final long serialVersionUID = 1;
        private final Object owner;
        private final long amount;
        private transient Object cache = "cache";

        Account(Object owner, long amount) {
            this.owner = owner;
            this.amount = amount;
        }
    }

    static final class Unmarked {
        private final int number;

        Unmarked(int number) {
            this.number = number;
        }
    }

    static class NotSerializableBase {
        protected String base = "from its constructor";
    }

    static final class Sub extends NotSerializableBase implements Serializable {
        private static final long serialVersionUID = 1;
        private final int own = Integer.parseInt("3");

        Sub() {
            base = "changed";
        }
    }

    static final class ByHand implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<Object> list;
        private transient String rebuilt;

        ByHand(List<Object> list) {
            this.list = list;
            rebuilt = "made";
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(1);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            rebuilt = "rebuilt " + in.readInt();
        }
    }

    static final class ByName implements Serializable {
        private static final long serialVersionUID = 1;
        private static final ObjectStreamField[] serialPersistentFields = {
            new ObjectStreamField("label", String.class), new ObjectStreamField("number", int.class)
        };
        private transient String name;
        private transient int number;

        ByName(String name, int number) {
            this.name = name;
            this.number = number;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            ObjectOutputStream.PutField fields = out.putFields();
            fields.put("label", name);
            fields.put("number", number);
            out.writeFields();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            ObjectInputStream.GetField fields = in.readFields();
            name = (String) fields.get("label", null);
            number = fields.get("number", 0);
        }
    }

    static final class Restored implements Serializable {
        private static final long serialVersionUID = 1;
        private final int number;
        private transient Object lock = new Object();

        Restored(int number) {
            this.number = number;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            lock = new Object();
        }
    }

    static final class Outside implements Externalizable {
        private int number;
        private String text;
        private Object held;

        public Outside() {}

        Outside(int number, String text, Object held) {
            this.number = number;
            this.text = text;
            this.held = held;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(number);
            out.writeUTF(text);
            out.writeObject(held);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            number = in.readInt();
            text = in.readUTF();
            held = in.readObject();
        }
    }

    static final class Singleton implements Serializable {
        private static final long serialVersionUID = 1;
        static final Singleton INSTANCE = new Singleton();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    static final class Suit implements Serializable {
        private static final long serialVersionUID = 1;
        static final Suit HEARTS = new Suit("hearts");
        static final Suit SPADES = new Suit("spades");
        private final String name;

        private Suit(String name) {
            this.name = name;
        }

        private Object readResolve() {
            return name.equals("hearts") ? HEARTS : SPADES;
        }
    }

    static class Span implements Serializable {
        private static final long serialVersionUID = 1;
        private final int from;
        private final int to;

        Span(int from, int to) {
            this.from = from;
            this.to = to;
        }

        static Span reversed(int from, int to) {
            return new Reversed(from, to);
        }

        Object writeReplace() {
            return new Form(from, to, this instanceof Reversed);
        }

        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException("by its form alone");
        }

        private record Form(int from, int to, boolean reversed) implements Serializable {
            private Object readResolve() {
                return reversed ? new Reversed(from, to) : new Span(from, to);
            }
        }
    }

    private static final class Reversed extends Span {
        private static final long serialVersionUID = 1;

        Reversed(int from, int to) {
            super(from, to);
        }
    }

    record Redacted(String secret) implements Serializable {
        private Object writeReplace() {
            return "redacted";
        }
    }

    static final class Validated implements Serializable, ObjectInputValidation {
        private static final long serialVersionUID = 1;
        private final int number;
        private transient boolean checked;

        Validated(int number) {
            this.number = number;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.registerValidation(this, 0);
            in.defaultReadObject();
        }

        @Override
        public void validateObject() {
            checked = true;
        }
    }
}
