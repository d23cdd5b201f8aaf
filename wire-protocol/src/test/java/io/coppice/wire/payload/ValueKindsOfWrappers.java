package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.payload.RandomGraphNodes.Color;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullUnmarked;

/** What the class {@code Collections} makes. */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "unchecked"}) // values that users send
final class ValueKindsOfWrappers {
    private ValueKindsOfWrappers() {}

    static void addTo(ValueKinds kinds) {
        unmodifiable(kinds);
        synchronizedOnes(kinds);
        checked(kinds);
        small(kinds);
        orders(kinds);
    }

    private static List<Object> list() {
        return new ArrayList<>(Arrays.asList(1, "b", null));
    }

    private static Map<Object, Object> map() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", List.of());
        return map;
    }

    private static SortedMap<Object, Object> sorted() {
        return new TreeMap<>(Map.of(2, "b", 1, "a"));
    }

    private static void cannotChange(Collection<Object> sent, Collection<Object> back) {
        assertThatThrownBy(() -> back.add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static void cannotChange(Map<Object, Object> sent, Map<Object, Object> back) {
        assertThatThrownBy(() -> back.put(1, 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static void inOrder(Object sent, Object back) {
        assertThat(back).hasToString(sent.toString());
    }

    private static void unmodifiable(ValueKinds kinds) {
        kinds.add("unmodifiableList", () -> Collections.unmodifiableList(list()), ValueKindsOfWrappers::cannotChange);
        kinds.add("unmodifiableList of a LinkedList", () -> Collections.unmodifiableList(new LinkedList<>(list())));
        kinds.add(
                "unmodifiableCollection",
                () -> Collections.unmodifiableCollection(list()),
                ValueKindsOfWrappers::cannotChange);
        kinds.add(
                "unmodifiableSet",
                () -> Collections.unmodifiableSet(new LinkedHashSet<>(list())),
                ValueKindsOfWrappers::inOrder);
        kinds.add(
                "unmodifiableSortedSet",
                () -> Collections.unmodifiableSortedSet(new TreeSet<>(List.of(2, 1))),
                ValueKindsOfWrappers::inOrder);
        kinds.add("unmodifiableNavigableSet", () -> Collections.unmodifiableNavigableSet(new TreeSet<>(List.of(2, 1))));
        kinds.add("unmodifiableMap", () -> Collections.unmodifiableMap(map()), ValueKindsOfWrappers::cannotChange);
        kinds.add(
                "unmodifiableMap keeps the order",
                () -> Collections.unmodifiableMap(map()),
                ValueKindsOfWrappers::inOrder);
        kinds.add(
                "unmodifiableSortedMap",
                () -> Collections.unmodifiableSortedMap(sorted()),
                ValueKindsOfWrappers::inOrder);
        kinds.add("unmodifiableNavigableMap", () -> Collections.unmodifiableNavigableMap(new TreeMap<>(sorted())));
        kinds.add(
                "unmodifiableMap of an EnumMap",
                () -> Collections.unmodifiableMap(new EnumMap<>(Map.of(Color.RED, 1))));
        kinds.add(
                "keySet of an unmodifiableMap",
                () -> Collections.unmodifiableMap(map()).keySet());
        kinds.add(
                "a list and its unmodifiable view",
                () -> {
                    List<Object> list = list();
                    return new ArrayList<>(List.of(list, Collections.unmodifiableList(list)));
                },
                (sent, back) -> {
                    back.get(0).add("added");
                    assertThat(back.get(1)).hasSize(4);
                });
    }

    private static void synchronizedOnes(ValueKinds kinds) {
        kinds.add("synchronizedList", () -> Collections.synchronizedList(list()), (sent, back) -> back.add(4));
        kinds.add(
                "synchronizedCollection",
                () -> Collections.synchronizedCollection(list()),
                (sent, back) -> back.add(4));
        kinds.add("synchronizedSet", () -> Collections.synchronizedSet(new HashSet<>(list())));
        kinds.add("synchronizedSortedSet", () -> Collections.synchronizedSortedSet(new TreeSet<>(List.of(2, 1))));
        kinds.add("synchronizedMap", () -> Collections.synchronizedMap(map()), (sent, back) -> back.put(4, 4));
        kinds.add("synchronizedSortedMap", () -> Collections.synchronizedSortedMap(sorted()));
        kinds.add("synchronizedNavigableMap", () -> Collections.synchronizedNavigableMap(new TreeMap<>(sorted())));
    }

    private static void checked(ValueKinds kinds) {
        kinds.add(
                "checkedList",
                () -> Collections.checkedList(new ArrayList<>(List.of("a")), String.class),
                (sent, back) -> assertThatThrownBy(() -> addUnchecked(back, 1)).isInstanceOf(ClassCastException.class));
        kinds.add("checkedSet", () -> Collections.checkedSet(new HashSet<>(List.of("a")), String.class));
        kinds.add(
                "checkedCollection", () -> Collections.checkedCollection(new ArrayList<>(List.of("a")), String.class));
        kinds.add(
                "checkedMap", () -> Collections.checkedMap(new HashMap<>(Map.of("a", 1)), String.class, Integer.class));
    }

    @SuppressWarnings("unchecked")
    private static void addUnchecked(Collection<?> collection, Object value) {
        ((Collection<Object>) collection).add(value);
    }

    private static void small(ValueKinds kinds) {
        kinds.add(
                "emptyList",
                Collections::emptyList,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.add(
                "emptySet",
                Collections::emptySet,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.add(
                "emptyMap",
                Collections::emptyMap,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.add("emptySortedSet", Collections::emptySortedSet);
        kinds.add("emptyNavigableMap", Collections::emptyNavigableMap);
        kinds.add("singletonList", () -> Collections.singletonList(null), ValueKindsOfWrappers::cannotChange);
        kinds.add("singleton", () -> Collections.singleton("a"));
        kinds.add("singletonMap", () -> Collections.singletonMap("k", new ArrayList<>()));
        kinds.add(
                "nCopies",
                () -> Collections.nCopies(3, List.of(1)),
                (sent, back) -> assertThat(back.get(0)).isSameAs(back.get(2)));
        kinds.add("nCopies of 10,000", () -> Collections.nCopies(10_000, "x"));
        kinds.add(
                "newSetFromMap",
                () -> {
                    Set<Object> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
                    set.addAll(List.of("a", "b"));
                    return set;
                },
                (sent, back) -> back.add("c"));
        kinds.add("asLifoQueue", () -> Collections.asLifoQueue(new ArrayDeque<>(List.of(1, 2))), (sent, back) -> {
            ((Queue<Object>) (Queue<?>) back).add(0);
            assertThat(((Queue<?>) back).peek()).isEqualTo(0);
        });
        kinds.addLoosely(
                "list of an Enumeration",
                () -> Collections.list(Collections.enumeration(List.of(1))),
                (sent, back) -> assertThat(back).isEqualTo(sent));
    }

    private static void orders(ValueKinds kinds) {
        kinds.addLoosely(
                "reverseOrder",
                Collections::reverseOrder,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.addLoosely(
                "naturalOrder",
                Comparator::naturalOrder,
                (sent, back) -> assertThat(back).isSameAs(sent));
        kinds.addLoosely(
                "reverseOrder of an order",
                () -> Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER),
                (sent, back) -> assertThat(back.compare("a", "B")).isPositive());
        kinds.addLoosely(
                "nullsFirst",
                () -> Comparator.<String>nullsFirst(Comparator.naturalOrder()),
                (sent, back) -> assertThat(back.compare(null, "a")).isNegative());
        kinds.addLoosely(
                "CASE_INSENSITIVE_ORDER",
                () -> String.CASE_INSENSITIVE_ORDER,
                (sent, back) -> assertThat(back).isSameAs(sent));
    }
}
