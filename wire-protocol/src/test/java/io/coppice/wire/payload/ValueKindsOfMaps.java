package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.payload.RandomGraphNodes.Color;
import java.util.*;
import org.jspecify.annotations.NullUnmarked;

/** The maps of java.util. */
@NullUnmarked
@SuppressWarnings({"IdentityHashMapUsage", "JdkObsolete", "NonApiType"}) // values that users send
final class ValueKindsOfMaps {
    private ValueKindsOfMaps() {}

    static void addTo(ValueKinds kinds) {
        kinds.add(
                "HashMap",
                () -> {
                    Map<Object, Object> map = new HashMap<>(Map.of("a", 1, 2, List.of()));
                    map.put(null, null);
                    return map;
                },
                ValueKindsOfMaps::canGrow);
        kinds.add("empty HashMap", HashMap::new, ValueKindsOfMaps::canGrow);
        kinds.add(
                "HashMap with enum keys",
                () -> new HashMap<>(Map.of(Color.RED, 1, Color.GREEN, 2)),
                (sent, back) -> assertThat(back.get(Color.GREEN)).isEqualTo(2));
        kinds.add(
                "HashMap with record keys",
                () -> new HashMap<>(Map.of(new RandomGraphNodes.Leaf(1, "k", 2), "v")),
                (sent, back) -> assertThat(back.get(new RandomGraphNodes.Leaf(1, "k", 2)))
                        .isEqualTo("v"));
        kinds.add(
                "HashMap with list keys",
                () -> new HashMap<>(Map.of(List.of(1, 2), "v")),
                (sent, back) -> assertThat(back.get(List.of(1, 2))).isEqualTo("v"));
        kinds.add(
                "LinkedHashMap",
                () -> linked(new LinkedHashMap<>()),
                (sent, back) -> assertThat(back.keySet()).containsExactly("z", "a", "m"));
        kinds.add(
                "LinkedHashMap in the order of access",
                () -> linked(new LinkedHashMap<>(8, .5f, true)),
                (sent, back) -> {
                    assertThat(back.get("z")).isEqualTo(1);
                    assertThat(back.keySet()).containsExactly("a", "m", "z");
                });
        kinds.add(
                "TreeMap",
                () -> new TreeMap<>(Map.of(2, "b", 1, "a")),
                (sent, back) -> assertThat(back.firstKey()).isEqualTo(1));
        kinds.add(
                "TreeMap with an order",
                () -> {
                    TreeMap<String, Object> map = new TreeMap<>(Comparator.reverseOrder());
                    map.putAll(Map.of("a", 1, "b", 2));
                    return map;
                },
                (sent, back) -> assertThat(back.firstKey()).isEqualTo("b"));
        kinds.add("EnumMap", () -> new EnumMap<>(Map.of(Color.RED, 1)), (sent, back) -> back.put(Color.GREEN, 2));
        kinds.add(
                "empty EnumMap",
                () -> new EnumMap<Color, Object>(Color.class),
                (sent, back) -> back.put(Color.GREEN, 2));
        kinds.add("Hashtable", () -> new Hashtable<>(Map.of(1, 2)), ValueKindsOfMaps::canGrow);
        kinds.add(
                "IdentityHashMap",
                () -> {
                    Object key = new RandomGraphNodes.Plain(1, null, null);
                    return new IdentityHashMap<>(Map.of(key, List.of(key), Color.RED, 2));
                },
                (sent, back) ->
                        back.keySet().forEach(key -> assertThat(back.get(key)).isNotNull()));
        kinds.add("SimpleEntry", () -> new AbstractMap.SimpleEntry<>("k", 1), (sent, back) -> back.setValue(2));
        kinds.add("SimpleImmutableEntry", () -> new AbstractMap.SimpleImmutableEntry<>("k", null));
        kinds.add("Map.entry", () -> Map.entry("k", List.of(1)));
        kinds.addLoosely(
                "entry of a HashMap",
                () -> new HashMap<>(Map.of("k", 1)).entrySet().iterator().next(),
                (sent, back) -> assertThat(back).isEqualTo(Map.entry("k", 1)));
    }

    @SuppressWarnings("unchecked")
    private static void canGrow(Map<?, ?> sent, Map<?, ?> back) {
        int size = back.size();
        for (int i = 0; i < 100; i++) ((Map<Object, Object>) back).put("added " + i, i);
        assertThat(back).hasSize(size + 100);
        assertThat(back.get("added 99")).isEqualTo(99);
    }

    static LinkedHashMap<Object, Object> linked(LinkedHashMap<Object, Object> map) {
        map.put("z", 1);
        map.put("a", 2);
        map.put("m", null);
        return map;
    }
}
