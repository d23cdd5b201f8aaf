package io.coppice.wire.payload;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** A user's classes of every shape, each with places for other objects: what random graphs are made of. */
@NullUnmarked
@SuppressWarnings({"AssignmentExpression", "ClassCanBeStatic", "HidingField", "UnusedMethod", "UnusedVariable"
}) // fields that are written
final class RandomGraphNodes {
    interface Source<R> extends Supplier<R>, Serializable {}

    interface Order<T> extends Comparator<T>, Serializable {}

    private RandomGraphNodes() {}

    /** Places that are filled when the object is there already, so that cycles can run through it. */
    interface Open {
        void put(Object value);
    }

    abstract static class Base implements Open, RandomGraphComparison.Labelled {
        private final Object label;
        private Object held; // a subclass has one too

        Base(Object label, Object held) {
            this.label = label;
            this.held = held;
        }

        @Override
        public final Object label() {
            return label;
        }
    }

    static final class Plain extends Base {
        private Object held;
        private List<Object> list = new ArrayList<>();
        private Map<String, Object> map;
        private transient Object cache = "not sent";

        Plain(Object label, Object inBase, Object held) {
            super(label, inBase);
            this.held = held;
        }

        @Override
        public void put(Object value) {
            if (held == null) held = value;
            else if (map == null) (map = new HashMap<>()).put("put", value);
            else list.add(value);
        }

        Object inner(Object held) {
            return new Inner(held);
        }

        /** Holds its Plain. */
        final class Inner implements Open {
            private Object held;

            Inner(Object held) {
                this.held = held;
            }

            @Override
            public void put(Object value) {
                held = value;
            }
        }
    }

    static final class Holder implements Serializable, Open {
        private static final long serialVersionUID = 1;
        private final int number;
        private final Object held;
        private Object[] more = {null};

        Holder(int number, Object held) {
            if (number < 0) throw new IllegalArgumentException("number=" + number);
            this.number = number;
            this.held = held;
        }

        @Override
        public void put(Object value) {
            more = new Object[] {value, more[0]};
        }

        Source<Object> capturingThis(Object other) {
            return () -> List.of(number, held, other);
        }
    }

    static final class OwnList extends ArrayList<Object> {
        private static final long serialVersionUID = 1;
        private final Object held;

        OwnList(Object held) {
            this.held = held;
        }
    }

    /** Is never empty. */
    static final class FillsItself extends ArrayList<Object> {
        private static final long serialVersionUID = 1;

        FillsItself() {
            add("filled");
        }
    }

    static final class OwnMap extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1;
        private final Object held;

        OwnMap(Object held) {
            this.held = held;
        }
    }

    static class Failure extends Exception implements Open {
        private static final long serialVersionUID = 1;
        private final int code;
        private Object held;

        Failure(int code, String message, Throwable cause, Object held) {
            super(message, cause);
            this.code = code;
            this.held = held;
        }

        @Override
        public void put(Object value) {
            if (value instanceof Throwable thrown && thrown != this) addSuppressed(thrown);
            else held = value;
        }
    }

    static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1;

        Silent(Throwable cause) {
            super("silent", cause, false, false);
        }
    }

    record Leaf(int number, String text, double real) implements RandomGraphComparison.Labelled {
        @Override
        public Object label() {
            return toString();
        }
    }

    record Twins<A>(A one, A other, Object[] more) {}

    record Checked(List<Object> list) {
        Checked {
            if (list == null) throw new IllegalArgumentException("no list");
        }
    }

    sealed interface Shape permits Round, Square {}

    record Round(Object center) implements Shape {}

    static final class Square implements Shape, Open {
        private Object side;

        @Override
        public void put(Object value) {
            side = value;
        }
    }

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        },
        BLUE
    }

    static final class Handler implements InvocationHandler, Serializable, Open {
        private static final long serialVersionUID = 1;
        private Object held;

        Handler(Object held) {
            this.held = held;
        }

        @Override
        public void put(Object value) {
            held = value;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return method.getName().equals("hashCode") ? 1 : held;
        }
    }

    static Object anonymous(Object captured, int number) {
        return new Open() {
            private Object held = number;

            @Override
            public void put(Object value) {
                held = value;
            }

            @Override
            public String toString() {
                return "" + captured + held;
            }
        };
    }

    static Object local(Object captured) {
        class Local {
            Object get() {
                return captured;
            }
        }
        return new Local();
    }

    static Source<Object> capturing(Object one, int number) {
        return () -> List.of(one, number);
    }

    static Source<Object> withoutState() {
        return () -> "none";
    }
}
