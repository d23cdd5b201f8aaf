package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.payload.RandomGraphNodes.Open;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.*;
import org.jspecify.annotations.NullUnmarked;

/** A user's classes that say nothing of serialization. */
@NullUnmarked
@SuppressWarnings({"UnusedVariable", "ClassCanBeStatic", "HidingField", "UnusedNestedClass"}) // fields that are written
final class ValueKindsOfClasses {
    private ValueKindsOfClasses() {}

    static void addTo(ValueKinds kinds) {
        plain(kinds);
        inner(kinds);
        inherited(kinds);
    }

    static class Point {
        private int x;
        private int y;

        Point() {
            this(-1, -1);
        }

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }
    }

    static final class NoDefault {
        private final String name;
        private final List<Integer> numbers = new ArrayList<>();

        NoDefault(String name) {
            this.name = Objects.requireNonNull(name);
        }
    }

    static final class Throwing {
        private final int number;

        Throwing() {
            throw new IllegalStateException("asked");
        }

        Throwing(int number) {
            if (number == 0) throw new IllegalArgumentException("zero");
            this.number = number;
        }
    }

    static final class EveryPrimitive {
        boolean z = true;
        byte b = -1;
        char c = '\uFFFF';
        short s = -1;
        int i = Integer.MIN_VALUE;
        long j = Long.MAX_VALUE;
        float f = -0f;
        double d = Double.MIN_VALUE;
        Integer boxed = 5;
        Long none;
    }

    static final class Counted {
        static int made;
        private final int number;
        private transient int cache = 7;

        Counted(int number) {
            this.number = number;
            made++;
        }
    }

    static final class FilledByItsConstructor {
        private transient Map<String, Integer> cache = new HashMap<>();
        private int number;

        FilledByItsConstructor() {}

        FilledByItsConstructor(int number) {
            this.number = number;
        }
    }

    static class Generic<T extends Comparable<T>> {
        private final T value;
        private final List<? super T> list = new ArrayList<>();

        Generic(T value) {
            this.value = value;
            list.add(value);
        }
    }

    private static final class Private {
        private final String secret;

        private Private(String secret) {
            this.secret = secret;
        }
    }

    private static void plain(ValueKinds kinds) {
        kinds.add("class with fields", () -> new Point(1, 2));
        kinds.add("class without a default constructor", () -> {
            NoDefault value = new NoDefault("n");
            value.numbers.add(1);
            return value;
        });
        kinds.add("class whose default constructor throws", () -> new Throwing(1));
        kinds.add("fields of every primitive type", EveryPrimitive::new);
        kinds.add(
                "transient and static fields stay behind",
                () -> new Counted(3),
                (sent, back) -> assertThat(back.cache).isZero());
        kinds.add(
                "a default constructor sets up what is transient",
                () -> new FilledByItsConstructor(3),
                (sent, back) -> assertThat(back.cache).isEmpty());
        kinds.add("generic class", () -> new Generic<>("v"));
        kinds.add("private nested class", () -> new Private("s"));
        kinds.add("class without fields", () -> new Comparator<Object>() {
            @Override
            public int compare(Object a, Object b) {
                return 0;
            }
        });
        kinds.add(
                "proxy",
                () -> Proxy.newProxyInstance(
                        ValueKindsOfClasses.class.getClassLoader(), new Class<?>[] {Open.class}, new Answer("a")),
                (sent, back) -> assertThat(((Answer) Proxy.getInvocationHandler(back)).text)
                        .isEqualTo("a"));
        kinds.add("object with a field of an interface's type", () -> new Holder<Comparable<?>>("text"));
        kinds.add("object with a field that holds its own class", () -> new Holder<>(Holder.class));
        kinds.add("sealed hierarchy", () -> List.of(new Circle(1), new Rectangle(2, new Circle(3))));
    }

    record Answer(String text) implements InvocationHandler, java.io.Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return method.getName().equals("hashCode") ? (Object) 1 : text;
        }
    }

    static final class Holder<T> {
        private final T held;

        Holder(T held) {
            this.held = held;
        }
    }

    sealed interface Shape permits Circle, Rectangle {}

    record Circle(double radius) implements Shape {}

    static final class Rectangle implements Shape {
        private final double side;
        private final Shape inside;

        Rectangle(double side, Shape inside) {
            this.side = side;
            this.inside = inside;
        }
    }

    static final class Outer {
        private final String name;
        private final List<Object> inners = new ArrayList<>();

        Outer(String name) {
            this.name = name;
        }

        Inner inner(int number) {
            Inner inner = new Inner(number);
            inners.add(inner);
            return inner;
        }

        final class Inner {
            private final int number;

            Inner(int number) {
                this.number = number;
            }

            String full() {
                return name + number;
            }

            final class Innermost {
                String text() {
                    return full() + "!";
                }
            }
        }
    }

    private static void inner(ValueKinds kinds) {
        kinds.add(
                "inner class with its enclosing object",
                () -> new Outer("o").inner(1),
                (sent, back) -> assertThat(back.full()).isEqualTo("o1"));
        kinds.add(
                "inner class of an inner class",
                () -> new Outer("o").inner(1).new Innermost(),
                (sent, back) -> assertThat(back.text()).isEqualTo("o1!"));
        kinds.add(
                "anonymous class with captured variables",
                () -> {
                    String text = "captured" + 1;
                    int[] numbers = {1, 2};
                    return new Object() {
                        private final int own = 3;

                        @Override
                        public String toString() {
                            return text + numbers[1] + own;
                        }
                    };
                },
                (sent, back) -> assertThat(back).hasToString("captured123"));
        kinds.add(
                "local class with captured variables",
                () -> {
                    long captured = System.nanoTime();
                    class Local {
                        long get() {
                            return captured;
                        }
                    }
                    return new Local();
                },
                (sent, back) -> assertThat(back.get()).isEqualTo(sent.get()));
    }

    static class Base {
        private final int value;
        protected transient String note = "not sent";

        Base(int value) {
            this.value = value;
        }
    }

    static class Derived extends Base {
        private final int value;

        Derived(int value) {
            super(value * 10);
            this.value = value;
        }
    }

    static final class Last extends Derived {
        private final String value = String.valueOf("a third");

        Last() {
            super(2);
        }
    }

    abstract static class Tree {
        final List<Tree> children = new ArrayList<>();
    }

    static final class Branch extends Tree {
        private final Branch parent;

        Branch(Branch parent) {
            this.parent = parent;
            if (parent != null) parent.children.add(this);
        }
    }

    private static void inherited(ValueKinds kinds) {
        kinds.add("fields that hide those of a superclass", Last::new);
        kinds.add("tree with parents", () -> {
            Branch root = new Branch(null);
            new Branch(new Branch(root));
            new Branch(root);
            return root;
        });
    }
}
