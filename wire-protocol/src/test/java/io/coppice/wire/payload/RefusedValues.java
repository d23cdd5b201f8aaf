package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** Values that hold what cannot be sent, for the tests of how that is told. */
@NullUnmarked
@SuppressWarnings("UnusedVariable") // fields that are written
final class RefusedValues {
    interface Source<R> extends Supplier<R>, Serializable {}

    static final Future<?> PENDING = new FutureTask<>(() -> 1);
    static final Thread THREAD = new Thread();
    static final String A_FUTURE =
            "a java.util.concurrent.Future (java.util.concurrent.FutureTask): pass its result instead";
    static final String A_THREAD = "a java.lang.Thread, which is not Serializable:"
            + " send what it is made from, or give it a serializer (WorkerContext.serializer)";

    private RefusedValues() {}

    static PayloadException refused(Object value) {
        return catchThrowableOfType(PayloadException.class, () -> Travel.codec().writeValue(value));
    }

    record Report(String name, Object pending) implements Serializable {}

    static class Job {
        Object held;
        Object other;

        Job(Object held) {
            this.held = held;
        }

        boolean isReady() {
            return true;
        }

        Object inner() {
            return new Inner();
        }

        final class Inner {
            boolean ready = isReady();
        }
    }

    static final class SubJob extends Job {
        SubJob(Object held) {
            super(held);
        }
    }

    static final class SerializableJob implements Serializable {
        private final Object held;

        SerializableJob(Object held) {
            this.held = held;
        }

        Source<Object> capturing(String variable) {
            return () -> variable + held;
        }
    }

    static Object anonymous(Object captured) {
        return new Object() {
            @Override
            public String toString() {
                return "" + captured;
            }
        };
    }

    static final class Key {}

    static final class UnsendableOrder implements Comparator<Object>, Serializable {
        private final Thread thread = THREAD;

        @Override
        public int compare(Object a, Object b) {
            return 0;
        }
    }

    static final class Jobs extends ArrayList<Object> {
        Jobs(Object... jobs) {
            super(List.of(jobs));
        }
    }

    /** Writes a field that Java would not write. */
    static final class ByHand implements Serializable {
        private final transient Object held;

        ByHand(Object held) {
            this.held = held;
        }

        private void writeObject(ObjectOutputStream stream) throws IOException {
            stream.writeObject(held);
        }
    }

    static final class InAStream implements Serializable {
        private final Object held;

        InAStream(Object held) {
            this.held = held;
        }

        private void writeObject(ObjectOutputStream stream) throws IOException {
            stream.defaultWriteObject();
        }
    }

    record Replaced() implements Serializable {
        private Object writeReplace() {
            return new Object[] {new SerializableJob(new Thread())};
        }
    }

    static final class FailsToWrite implements Serializable {
        private void writeObject(ObjectOutputStream stream) throws IOException {
            throw new IOException("on purpose");
        }
    }

    static final class WithTransient implements Serializable {
        private final transient Future<?> pending = PENDING;
        private final Pool none = null; // a final class, which Kryo looks at even where there is nothing
    }

    static final class Pool implements Executor {
        @Override
        public void execute(Runnable task) {}
    }

    static final class Hostile {
        private final Object held;

        Hostile(Object held) {
            this.held = held;
        }

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("asked");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("asked");
        }

        @Override
        public String toString() {
            throw new AssertionError("asked");
        }
    }

    static final class OwnIterator extends ArrayList<Object> {
        OwnIterator(Object element) {
            add(element);
        }

        @Override
        public Iterator<Object> iterator() {
            throw new AssertionError("asked");
        }
    }

    static final class Tries implements com.esotericsoftware.kryo.kryo5.KryoSerializable {
        private final Object first;
        private final Object second;

        Tries(Object first, Object second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(com.esotericsoftware.kryo.kryo5.Kryo kryo, com.esotericsoftware.kryo.kryo5.io.Output out) {
            try {
                kryo.writeClassAndObject(out, new Job(first));
            } catch (com.esotericsoftware.kryo.kryo5.KryoException refused) {
                kryo.writeClassAndObject(out, second);
            }
        }

        @Override
        public void read(com.esotericsoftware.kryo.kryo5.Kryo kryo, com.esotericsoftware.kryo.kryo5.io.Input in) {
            throw new UnsupportedOperationException();
        }
    }
}
