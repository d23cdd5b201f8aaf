package io.coppice.fuzz;

import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Right payloads: values of every kind that has a form of its own. */
final class PayloadSamples {
    record Point(int x, @Nullable Object held) {}

    enum Operation implements Supplier<String> {
        PLUS {
            @Override
            public String get() {
                return "+";
            }
        }
    }

    static final class Plain {
        @Nullable
        Object itself;

        int[] numbers = {1, 2, 3};
    }

    interface Source extends Supplier<Object>, Serializable {}

    private PayloadSamples() {}

    private static Object cycle() {
        Plain plain = new Plain();
        plain.itself = new ArrayList<>(List.of(new Point(1, plain)));
        return plain;
    }

    private static Object nest(int depth) {
        Object nest = "deep";
        for (int i = 0; i < depth; i++) nest = new ArrayList<>(Arrays.asList(nest, i));
        return nest;
    }

    static List<byte[]> values() {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                null,
                true,
                -1_000_000,
                Long.MIN_VALUE,
                1e100,
                "a text of some length, with ä",
                "a text of some length, with €",
                new byte[20],
                new double[5],
                new boolean[] {true},
                new Object[] {1, "b", null},
                new String[] {"a"},
                new int[][] {{1}, {2}},
                new ArrayList<>(List.of(1, 2, "x")),
                new ArrayList<>(Collections.nCopies(40, null)),
                new ArrayList<>(Collections.nCopies(70, null)),
                new HashSet<>(List.of("a", "b")),
                new HashMap<>(Map.of("a", 1, "b", List.of(2))),
                new LinkedHashMap<>(Map.of(1, 2)),
                new ConcurrentHashMap<>(Map.of("a", 1)),
                new CopyOnWriteArrayList<>(List.of(1, 2)),
                new TreeMap<>(Map.of("a", 1)),
                new PriorityQueue<>(List.of(1, 2)),
                List.of(1, 2, 3),
                Map.of(1, 2, 3, 4),
                Collections.nCopies(3, "x"),
                BigInteger.TWO.pow(200),
                new BigDecimal("3.14"),
                BitSet.valueOf(new long[] {1, 2}),
                EnumSet.allOf(DayOfWeek.class),
                ZonedDateTime.parse("2026-11-22T10:00:00+01:00[Europe/Berlin]"),
                Optional.of("x"),
                new StringBuilder("sä"),
                new UUID(1, 2),
                ByteBuffer.allocateDirect(9),
                Operation.PLUS,
                Plain.class,
                new Point(7, List.of("nested", new HashMap<>(Map.of(1, new int[3])))),
                cycle(),
                nest(3),
                nest(200)));
        return encoded(values);
    }

    /** What goes by Java serialization in part, and exceptions. */
    static List<byte[]> javaForms() {
        Exception cyclic = new IllegalStateException("outer", new RuntimeException("cause"));
        cyclic.addSuppressed(new IllegalArgumentException(cyclic));
        return encoded(Arrays.asList(
                Locale.GERMANY,
                Collections.unmodifiableList(new ArrayList<>(List.of(1, 2, 3))),
                new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1)),
                new AtomicInteger(5),
                new IllegalStateException("thrown", new RuntimeException("cause")),
                new ArrayList<>(List.of(new RuntimeException("a"), new RuntimeException("b"))),
                cyclic));
    }

    static List<byte[]> functions() {
        Object captured = new ArrayList<>(List.of("captured"));
        Source lambda = () -> captured;
        Source plain = () -> "captured nothing";
        Source reference = captured::toString;
        return encoded(Arrays.asList(lambda, plain, reference, List.of(lambda, plain)));
    }

    static List<byte[]> arguments() {
        PayloadCodec codec = new PayloadCodec(ClassSpace.of(PayloadSamples.class.getClassLoader()));
        List<byte[]> all = new ArrayList<>();
        List<Object[]> rows = List.of(
                new Object[] {1}, new Object[] {1, "two"}, new Object[] {List.of(1), 2L, "three"}, new Object[] {
                    new Point(1, "a"), new Object[] {1}
                });
        try {
            for (Object[] row : rows) {
                codec.addArguments(row);
                byte[] item = codec.take().toArray();
                all.add(Arrays.copyOfRange(item, Integer.BYTES, item.length)); // without its length
            }
        } catch (PayloadException impossible) {
            throw new IllegalStateException(impossible);
        }
        return all;
    }

    private static List<byte[]> encoded(List<? extends @Nullable Object> values) {
        PayloadCodec codec = new PayloadCodec(ClassSpace.of(PayloadSamples.class.getClassLoader()));
        List<byte[]> all = new ArrayList<>();
        try {
            for (Object value : values) {
                codec.writeValue(value);
                all.add(codec.take().toArray());
            }
        } catch (PayloadException impossible) {
            throw new IllegalStateException(impossible);
        }
        return all;
    }
}
