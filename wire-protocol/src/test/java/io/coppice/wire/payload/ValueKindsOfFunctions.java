package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.payload.RandomGraphNodes.Order;
import io.coppice.wire.payload.RandomGraphNodes.Source;
import java.io.Serializable;
import java.util.*;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.NullUnmarked;

/** Lambdas and method references of every kind. */
@NullUnmarked
final class ValueKindsOfFunctions {
    interface Fn<A, R> extends Function<A, R>, Serializable {}

    interface Fn2<A, B, R> extends BiFunction<A, B, R>, Serializable {}

    interface Sum extends IntBinaryOperator, Serializable {}

    interface WithDefault extends Serializable {
        int number();

        default int twice() {
            return 2 * number();
        }
    }

    static class Counter implements Serializable {
        private static final long serialVersionUID = 1;
        private int count;

        int next() {
            return ++count;
        }

        Source<Integer> counting() {
            return () -> ++count;
        }

        Source<Integer> reference() {
            return this::next;
        }
    }

    static final class SubCounter extends Counter {
        private static final long serialVersionUID = 1;

        @Override
        int next() {
            return -1;
        }

        Source<Integer> ofSuper() {
            return super::next;
        }
    }

    static final class Unmarked {
        private final int number;

        Unmarked(int number) {
            this.number = number;
        }

        Source<Integer> its() {
            return () -> number;
        }
    }

    private ValueKindsOfFunctions() {}

    static void addTo(ValueKinds kinds) {
        lambdas(kinds);
        references(kinds);
        inside(kinds);
    }

    private static void lambdas(ValueKinds kinds) {
        kinds.add(
                "lambda",
                () -> (Fn<Integer, Integer>) x -> 2 * x,
                (sent, back) -> assertThat(back.apply(21)).isEqualTo(42));
        kinds.add(
                "lambda with captured variables",
                () -> {
                    int number = 7;
                    long wide = 1L << 40;
                    double real = .5;
                    char letter = 'c';
                    boolean yes = true;
                    String text = "t";
                    List<Object> list = new ArrayList<>(List.of(1));
                    return (Source<Object>) () -> text + number + wide + real + letter + yes + list;
                },
                (sent, back) -> assertThat(back.get()).isEqualTo("t7" + (1L << 40) + "0.5ctrue[1]"));
        kinds.add("lambda that captures this", () -> new Counter().counting(), (sent, back) -> {
            assertThat(back.get()).isEqualTo(1);
            assertThat(back.get()).isEqualTo(2);
        });
        kinds.add(
                "lambda of an object that is not Serializable",
                () -> new Unmarked(5).its(),
                (sent, back) -> assertThat(back.get()).isEqualTo(5));
        kinds.add(
                "lambda that captures a lambda",
                () -> {
                    Fn<Integer, Integer> twice = x -> 2 * x;
                    return (Fn<Integer, Integer>) x -> twice.apply(twice.apply(x));
                },
                (sent, back) -> assertThat(back.apply(3)).isEqualTo(12));
        kinds.add(
                "lambda that captures null",
                () -> {
                    Object none = null;
                    return (Source<Object>) () -> Objects.requireNonNullElse(none, "none");
                },
                (sent, back) -> assertThat(back.get()).isEqualTo("none"));
        kinds.add(
                "lambda in a lambda",
                () -> (Source<Source<Integer>>) () -> () -> 3,
                (sent, back) -> assertThat(back.get().get()).isEqualTo(3));
        kinds.add("lambda by a cast", () -> (Runnable & Serializable) () -> {});
        kinds.add(
                "lambda of two interfaces",
                () -> (Comparator<String> & Serializable & Cloneable) String::compareTo,
                (sent, back) -> assertThat(back).isInstanceOf(Cloneable.class));
        kinds.add(
                "lambda of primitives",
                () -> (Sum) (a, b) -> a + b,
                (sent, back) -> assertThat(back.applyAsInt(1, 2)).isEqualTo(3));
        kinds.add(
                "lambda of an interface with default methods",
                () -> (WithDefault) () -> 3,
                (sent, back) -> assertThat(back.twice()).isEqualTo(6));
        kinds.add(
                "one lambda twice",
                () -> {
                    Source<Integer> one = () -> 1;
                    return new ArrayList<>(List.of(one, one));
                },
                (sent, back) -> assertThat(back.get(0)).isSameAs(back.get(1)));
        kinds.add(
                "lambda that captures an array it changes",
                () -> {
                    int[] count = {0};
                    return (Source<Integer>) () -> ++count[0];
                },
                (sent, back) -> {
                    assertThat(back.get()).isEqualTo(1);
                    assertThat(back.get()).isEqualTo(2);
                    assertThat(sent.get()).isEqualTo(1);
                });
    }

    private static void references(ValueKinds kinds) {
        kinds.add(
                "reference to a static method",
                () -> (Fn<String, Integer>) Integer::parseInt,
                (sent, back) -> assertThat(back.apply("7")).isEqualTo(7));
        kinds.add(
                "reference to a method of its argument",
                () -> (Fn<String, Integer>) String::length,
                (sent, back) -> assertThat(back.apply("four")).isEqualTo(4));
        kinds.add(
                "reference to a method of an object",
                () -> (Fn<Object, Boolean>) new ArrayList<>(List.of(1))::contains,
                (sent, back) -> assertThat(back.apply(1)).isTrue());
        kinds.add(
                "reference to a method of a String",
                () -> (Fn<String, String>) "a"::concat,
                (sent, back) -> assertThat(back.apply("b")).isEqualTo("ab"));
        kinds.add(
                "reference to a method of this",
                () -> new Counter().reference(),
                (sent, back) -> assertThat(back.get()).isEqualTo(1));
        kinds.add(
                "reference to a method of super",
                () -> new SubCounter().ofSuper(),
                (sent, back) -> assertThat(back.get()).isEqualTo(1));
        kinds.add(
                "reference to an overridden method",
                () -> new SubCounter().reference(),
                (sent, back) -> assertThat(back.get()).isEqualTo(-1));
        kinds.add(
                "reference to a private method",
                () -> (Fn<Integer, Integer>) ValueKindsOfFunctions::secret,
                (sent, back) -> assertThat(back.apply(1)).isEqualTo(2));
        kinds.add(
                "reference to a constructor",
                () -> (Fn<String, StringBuilder>) StringBuilder::new,
                (sent, back) -> assertThat(back.apply("b")).hasToString("b"));
        kinds.add(
                "reference to the constructor of an array",
                () -> (Fn<Integer, int[]>) int[]::new,
                (sent, back) -> assertThat(back.apply(3)).hasSize(3));
        kinds.add(
                "reference to a method of an interface",
                () -> (Fn<List<?>, Integer>) List::size,
                (sent, back) -> assertThat(back.apply(List.of(1))).isEqualTo(1));
        kinds.add(
                "reference with variable arguments",
                () -> (Fn2<Object, Object, List<Object>>) Arrays::asList,
                (sent, back) -> assertThat(back.apply(1, 2)).containsExactly(1, 2));
    }

    private static int secret(int number) {
        return number + 1;
    }

    private static void inside(ValueKinds kinds) {
        kinds.add(
                "lambda in a map",
                () -> new HashMap<>(Map.of("twice", (Fn<Integer, Integer>) x -> 2 * x)),
                (sent, back) -> assertThat(back.get("twice").apply(2)).isEqualTo(4));
        kinds.add("lambda in an array of its interface", () -> new Order<?>[] {(Order<Integer>) (a, b) -> a - b});
        kinds.addLoosely(
                "comparators put together",
                () -> Comparator.comparing((Function<String, Integer> & Serializable) String::length)
                        .thenComparing(Comparator.naturalOrder())
                        .reversed(),
                (sent, back) -> assertThat(sorted("bb", "a", "c", back)).containsExactly("bb", "c", "a"));
        kinds.addLoosely(
                "functions put together",
                () -> (Function<Integer, Integer> & Serializable) x -> x + 1,
                (sent, back) -> assertThat(back.andThen(x -> 2 * x).apply(1)).isEqualTo(4));
    }

    private static List<String> sorted(String one, String two, String three, Comparator<String> order) {
        List<String> sorted = new ArrayList<>(List.of(one, two, three));
        sorted.sort(order);
        return sorted;
    }
}
