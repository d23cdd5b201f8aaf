package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.payload.RandomGraphNodes.Color;
import java.util.*;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** The collections of java.util, and what is part of another. */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage"}) // values that users send
final class ValueKindsOfCollections {
    private ValueKindsOfCollections() {}

    static void addTo(ValueKinds kinds) {
        lists(kinds);
        sets(kinds);
        immutable(kinds);
        parts(kinds);
        reversed(kinds);
    }

    @SuppressWarnings("unchecked")
    private static void canGrow(Collection<?> sent, Collection<?> back) {
        int size = back.size();
        for (int i = 0; i < 100; i++) ((Collection<Object>) back).add("added " + i);
        assertThat(back).hasSize(size + 100);
    }

    private static List<Object> mixed() {
        return Arrays.asList(1, "two", 3.0, List.of(4), 'c');
    }

    private static void lists(ValueKinds kinds) {
        kinds.add("ArrayList", () -> new ArrayList<>(Arrays.asList(1, "two", null)), ValueKindsOfCollections::canGrow);
        kinds.add("empty ArrayList", ArrayList::new, ValueKindsOfCollections::canGrow);
        kinds.add("ArrayList of nulls", () -> new ArrayList<>(Arrays.asList(null, null)));
        kinds.add(
                "ArrayList of 100,000",
                () -> IntStream.range(0, 100_000).boxed().collect(Collectors.toCollection(ArrayList::new)));
        kinds.add("LinkedList", () -> new LinkedList<>(mixed()), ValueKindsOfCollections::canGrow);
        kinds.add("Vector", () -> new Vector<>(mixed()), ValueKindsOfCollections::canGrow);
        kinds.add(
                "Stack",
                () -> {
                    Stack<Object> stack = new Stack<>();
                    stack.push(1);
                    stack.push(2);
                    return stack;
                },
                (sent, back) -> assertThat(back.pop()).isEqualTo(2));
        kinds.add("ArrayDeque", () -> new ArrayDeque<>(mixed()), ValueKindsOfCollections::canGrow);
        kinds.add(
                "PriorityQueue",
                () -> new PriorityQueue<>(List.of(3, 1, 2)),
                (sent, back) -> assertThat(back.poll()).isEqualTo(1));
        kinds.add(
                "PriorityQueue with an order",
                () -> {
                    PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.reverseOrder());
                    queue.addAll(List.of(1, 3, 2));
                    return queue;
                },
                (sent, back) -> assertThat(List.of(back.poll(), back.poll())).containsExactly(3, 2));
        kinds.add("Stream.toList() with null", () -> Stream.of(1, null).toList());
        kinds.add("Collectors.toList()", () -> Stream.of(1, null).collect(Collectors.toList()));
        kinds.add("Arrays.asList", () -> Arrays.<Object>asList(1, null, "a"), (sent, back) -> back.set(1, "set"));
        kinds.add(
                "Arrays.asList of a String[]",
                () -> Arrays.asList(new String[] {"b", "a"}),
                (sent, back) -> assertThat(back.toArray())
                        .isExactlyInstanceOf(sent.toArray().getClass()));
    }

    private static void sets(ValueKinds kinds) {
        kinds.add("HashSet", () -> new HashSet<>(mixed()), ValueKindsOfCollections::canGrow);
        kinds.add("HashSet with null", () -> new HashSet<>(Arrays.asList(null, 1)));
        kinds.add(
                "HashSet of enum constants",
                () -> new HashSet<>(List.of(Color.values())),
                (sent, back) -> assertThat(back).contains(Color.GREEN));
        kinds.add(
                "HashSet of a user's objects, found by identity",
                () -> new HashSet<>(
                        List.of(new RandomGraphNodes.Plain(1, null, null), new RandomGraphNodes.Plain(2, null, null))),
                (sent, back) ->
                        back.forEach(each -> assertThat(back.contains(each)).isTrue()));
        kinds.add(
                "LinkedHashSet",
                () -> new LinkedHashSet<>(List.of(3, 1, 2)),
                (sent, back) -> assertThat(back).containsExactly(3, 1, 2));
        kinds.add(
                "TreeSet",
                () -> new TreeSet<>(List.of(3, 1, 2)),
                (sent, back) -> assertThat(back).containsExactly(1, 2, 3));
        kinds.add(
                "TreeSet with an order",
                () -> {
                    TreeSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                    set.add("a");
                    return set;
                },
                (sent, back) -> assertThat(back.add("A")).isFalse());
        kinds.add(
                "TreeSet with an order that is a lambda",
                () -> {
                    TreeSet<Integer> set = new TreeSet<>((RandomGraphNodes.Order<Integer>) (a, b) -> b - a);
                    set.addAll(List.of(1, 3, 2));
                    return set;
                },
                (sent, back) -> assertThat(back).containsExactly(3, 2, 1));
        kinds.add(
                "EnumSet",
                () -> EnumSet.of(Color.RED, Color.GREEN),
                (sent, back) -> assertThat(back.add(Color.BLUE)).isTrue());
        kinds.add(
                "empty EnumSet",
                () -> EnumSet.noneOf(Color.class),
                (sent, back) -> assertThat(back.add(Color.BLUE)).isTrue());
        kinds.add(
                "EnumSet of many constants",
                () -> EnumSet.range(Character.UnicodeScript.COMMON, Character.UnicodeScript.YI));
    }

    private static void immutable(ValueKinds kinds) {
        kinds.add("List.of()", List::of);
        kinds.add("List.of one", () -> List.of(1));
        kinds.add("List.of three", () -> List.of(1, "b", 'c'));
        kinds.add("Set.of()", Set::of);
        kinds.add("Set.of one", () -> Set.of("a"));
        kinds.add("Set.of three", () -> Set.of(1, "b", 'c'));
        kinds.add("Map.of()", Map::of);
        kinds.add("Map.of one", () -> Map.of("k", List.of()));
        kinds.add("Map.of three", () -> Map.of(1, "a", "b", 2, 'c', 3.0));
        kinds.add("List.copyOf", () -> List.copyOf(new ArrayList<>(mixed())));
        kinds.add("Collectors.toUnmodifiableSet", () -> Stream.of(1, 2, 3).collect(Collectors.toUnmodifiableSet()));
        kinds.add("groupingBy", () -> Stream.of("a", "bb", "cc").collect(Collectors.groupingBy(String::length)));
    }

    private static void parts(ValueKinds kinds) {
        kinds.add("subList of an ArrayList", () -> new ArrayList<>(mixed()).subList(1, 3));
        kinds.add("subList of a LinkedList", () -> new LinkedList<>(mixed()).subList(1, 3));
        kinds.add("subList of Arrays.asList", () -> Arrays.asList(1, 2, 3).subList(1, 3));
        kinds.add("subList of List.of", () -> List.of(1, 2, 3, 4).subList(1, 3));
        kinds.add("keySet of a HashMap", () -> new HashMap<>(Map.of("a", 1, "b", 2)).keySet());
        kinds.add("values of a HashMap", () -> new HashMap<>(Map.of("a", 1, "b", 2)).values());
        kinds.add("entrySet of a HashMap", () -> new HashMap<>(Map.of("a", 1)).entrySet());
        kinds.add(
                "keySet of a LinkedHashMap",
                () -> ValueKindsOfMaps.linked(new LinkedHashMap<>()).keySet(),
                (sent, back) -> assertThat(back).containsExactly("z", "a", "m"));
        kinds.add(
                "values of a LinkedHashMap",
                () -> ValueKindsOfMaps.linked(new LinkedHashMap<>()).values(),
                (sent, back) -> assertThat(back).containsExactly(1, 2, null));
        kinds.add(
                "keySet of a TreeMap",
                () -> new TreeMap<>(Map.of(2, "b", 1, "a")).keySet(),
                (sent, back) -> assertThat(back).containsExactly(1, 2));
        kinds.add(
                "values of a TreeMap",
                () -> new TreeMap<>(Map.of(2, "b", 1, "a")).values(),
                (sent, back) -> assertThat(back).containsExactly("a", "b"));
        kinds.add("keySet of an EnumMap", () -> new EnumMap<>(Map.of(Color.RED, 1)).keySet());
        kinds.add("values of an EnumMap", () -> new EnumMap<>(Map.of(Color.RED, 1)).values());
        kinds.add("keySet of Map.of", () -> Map.of("a", 1, "b", 2).keySet());
        kinds.add("values of Map.of", () -> Map.of("a", 1).values());
        kinds.add("entrySet of Map.of", () -> Map.of("a", 1).entrySet());
        kinds.add("keySet of a Hashtable", () -> new Hashtable<>(Map.of("a", 1)).keySet());
        kinds.add(
                "headMap",
                () -> new TreeMap<>(Map.of(1, "a", 2, "b", 3, "c")).headMap(2, true),
                (sent, back) -> assertThat(back).isEqualTo(Map.of(1, "a", 2, "b")));
        kinds.add(
                "tailMap with an order",
                () -> {
                    TreeMap<Integer, Object> map = new TreeMap<>(Comparator.reverseOrder());
                    map.putAll(Map.of(1, "a", 2, "b", 3, "c"));
                    return map.tailMap(2);
                },
                (sent, back) -> assertThat(back.keySet()).containsExactly(2, 1));
        kinds.addLoosely(
                "descendingMap",
                () -> new TreeMap<>(Map.of(1, "a", 2, "b")).descendingMap(),
                (sent, back) -> assertThat(back.keySet()).containsExactly(2, 1));
        kinds.add(
                "subSet",
                () -> new TreeSet<>(List.of(1, 2, 3, 4)).subSet(2, 4),
                (sent, back) -> assertThat(back).containsExactly(2, 3));
        kinds.addLoosely(
                "descendingSet",
                () -> new TreeSet<>(List.of(1, 2, 3)).descendingSet(),
                (sent, back) -> assertThat(back).containsExactly(3, 2, 1));
        kinds.addLoosely(
                "navigableKeySet",
                () -> new TreeMap<>(Map.of(2, "b", 1, "a")).navigableKeySet(),
                (sent, back) -> assertThat(back).containsExactly(1, 2));
    }

    /** From 21 on. */
    private static void reversed(ValueKinds kinds) {
        Function<Object, Object> reversed;
        try {
            var method = List.class.getMethod("reversed");
            reversed = list -> {
                try {
                    return method.invoke(list);
                } catch (ReflectiveOperationException failed) {
                    throw new LinkageError("reversed", failed);
                }
            };
        } catch (NoSuchMethodException before21) {
            return;
        }
        kinds.addLoosely(
                "reversed ArrayList",
                () -> reversed.apply(new ArrayList<>(List.of(1, 2, 3))),
                (sent, back) -> assertThat(back).isEqualTo(List.of(3, 2, 1)));
        kinds.addLoosely(
                "reversed List.of",
                () -> reversed.apply(List.of(1, 2, 3)),
                (sent, back) -> assertThat(back).isEqualTo(List.of(3, 2, 1)));
    }
}
