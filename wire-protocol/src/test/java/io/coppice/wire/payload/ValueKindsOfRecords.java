package io.coppice.wire.payload;

import java.util.*;
import org.jspecify.annotations.NullUnmarked;

/** Records of every shape. */
@NullUnmarked
final class ValueKindsOfRecords {
    private ValueKindsOfRecords() {}

    record Pair<A, B>(A first, B second) {}

    record Range(int from, int to) implements Comparable<Range> {
        static final Range NONE = new Range(0, 0);

        Range {
            if (from > to) throw new IllegalArgumentException("from " + from + " to " + to);
        }

        Range(int to) {
            this(0, to);
        }

        @Override
        public int compareTo(Range other) {
            return from - other.from;
        }
    }

    record Defensive(List<String> names, int[] numbers) {
        Defensive {
            names = List.copyOf(names);
            numbers = numbers.clone();
        }

        @Override
        public int[] numbers() {
            return numbers.clone();
        }
    }

    record Empty() {}

    record Wide(boolean z, byte b, char c, short s, int i, long j, float f, double d, String t, Object o) {}

    private record Secret(String text) {}

    static void addTo(ValueKinds kinds) {
        kinds.add("record", () -> new Range(1, 2));
        kinds.add("record without components", Empty::new);
        kinds.add(
                "record with every primitive", () -> new Wide(true, (byte) 1, 'c', (short) 2, 3, 4, 5f, 6d, "t", null));
        kinds.add(
                "nested generic records", () -> new Pair<>(new Pair<>(1, "a"), new Pair<>(null, List.of(new Empty()))));
        kinds.add("record with defensive copies", () -> new Defensive(new ArrayList<>(List.of("a")), new int[] {1}));
        kinds.add("private record", () -> new Secret("s"));
        kinds.add("local record", () -> {
            record Local(int number, Object other) {}
            return new Local(1, new Local(2, null));
        });
        kinds.add("Serializable record", () -> new ValueKindsOfClasses.Answer("a"));
        kinds.add("record keys in a TreeMap", () -> new TreeMap<>(Map.of(new Range(2, 3), "b", new Range(1, 2), "a")));
        kinds.add("array of records", () -> new Range[] {new Range(1), null, Range.NONE});
        kinds.add("record with a lambda", () -> new Pair<>((RandomGraphNodes.Source<Object>) () -> 1, null));
    }
}
