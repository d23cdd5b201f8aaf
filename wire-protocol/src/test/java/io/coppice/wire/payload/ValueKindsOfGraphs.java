package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.*;
import org.jspecify.annotations.NullUnmarked;

/** Objects that refer to each other: cycles, what is shared, and long chains. */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "UnusedVariable"}) // values that users send
final class ValueKindsOfGraphs {
    static final class Node {
        private final String name;
        private Object next;
        private Object previous;

        Node(String name) {
            this.name = name;
        }
    }

    static final class SerializableNode implements java.io.Serializable {
        private static final long serialVersionUID = 1;
        private Object next;
    }

    record Link(int number, Object next) {}

    private ValueKindsOfGraphs() {}

    static void addTo(ValueKinds kinds) {
        cycles(kinds);
        shared(kinds);
        deep(kinds);
    }

    private static void cycles(ValueKinds kinds) {
        kinds.add("object that refers to itself", () -> {
            Node node = new Node("self");
            node.next = node;
            return node;
        });
        kinds.add("two objects that refer to each other", () -> {
            SerializableNode one = new SerializableNode();
            one.next = new SerializableNode();
            ((SerializableNode) one.next).next = one;
            return one;
        });
        kinds.add("ring of objects", () -> {
            Node first = new Node("0");
            Node last = first;
            for (int i = 1; i < 10; i++) {
                Node node = new Node("" + i);
                last.next = node;
                node.previous = last;
                last = node;
            }
            last.next = first;
            first.previous = last;
            return first;
        });
        kinds.add("list that holds itself", () -> {
            List<Object> list = new ArrayList<>();
            list.add(list);
            list.add(1);
            return list;
        });
        kinds.add("map whose value is itself", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put("self", map);
            return map;
        });
        kinds.add("cycle through a list", () -> {
            Node node = new Node("a");
            node.next = new ArrayList<>(List.of(node, new LinkedList<>(List.of(node))));
            return node;
        });
        kinds.add("cycle through a map", () -> {
            Node node = new Node("a");
            node.next = new TreeMap<>(Map.of("k", node));
            node.previous = new EnumMap<>(Map.of(RandomGraphNodes.Color.RED, node));
            return node;
        });
        kinds.add("cycle through an array", () -> {
            Node node = new Node("a");
            node.next = new Object[] {new Node[] {node}, node};
            return node;
        });
        kinds.add("cycle through a synchronized list", () -> {
            Node node = new Node("a");
            node.next = Collections.synchronizedList(new ArrayList<>(List.of(node)));
            return node;
        });
        kinds.add("cycle through an unmodifiable map", () -> {
            Node node = new Node("a");
            node.next = Collections.unmodifiableMap(new HashMap<>(Map.of("k", node)));
            return node;
        });
        kinds.add(
                "set of objects that hold the set",
                () -> {
                    Set<Object> set = new HashSet<>();
                    Node node = new Node("a");
                    node.next = set;
                    set.add(node);
                    return set;
                },
                (sent, back) ->
                        assertThat(back.contains(back.iterator().next())).isTrue());
    }

    private static void shared(ValueKinds kinds) {
        kinds.add(
                "one list in two fields",
                () -> {
                    Node node = new Node("a");
                    node.next = node.previous = new ArrayList<>(List.of(1));
                    return node;
                },
                (sent, back) -> assertThat(back.next).isSameAs(back.previous));
        kinds.add(
                "equal lists that are two",
                () -> new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>())),
                (sent, back) -> assertThat(back.get(0)).isNotSameAs(back.get(1)));
        kinds.add("one array in a list, a map and a record", () -> {
            int[] array = {1};
            return new ArrayList<>(List.of(array, Map.of("k", array), new Link(1, array)));
        });
        kinds.add(
                "one object in a hash table and in a list of it",
                () -> {
                    Node node = new Node("k");
                    return new ArrayList<>(
                            List.of(node, new HashMap<>(Map.of(node, "v")), new Hashtable<>(Map.of(1, node))));
                },
                (sent, back) ->
                        assertThat(((Map<?, ?>) back.get(1)).get(back.get(0))).isEqualTo("v"));
        kinds.add("one object behind a wrapper and beside it", () -> {
            Node node = new Node("k");
            return new ArrayList<>(List.of(Collections.unmodifiableList(new ArrayList<>(List.of(node))), node));
        });
        kinds.add("an inner object and its outer one", () -> {
            var outer = new ValueKindsOfClasses.Outer("o");
            return new ArrayList<>(List.of(outer.inner(1), outer, outer.inner(2)));
        });
        kinds.add(
                "a lambda and what it captured",
                () -> {
                    List<Object> list = new ArrayList<>(List.of(1));
                    RandomGraphNodes.Source<Object> lambda = () -> list;
                    return new ArrayList<>(List.of(list, lambda));
                },
                (sent, back) -> assertThat(((RandomGraphNodes.Source<?>) back.get(1)).get())
                        .isSameAs(back.get(0)));
    }

    private static void deep(ValueKinds kinds) {
        kinds.add("chain of a thousand objects", () -> {
            Object next = null;
            for (int i = 0; i < 1000; i++) {
                Node node = new Node("" + i);
                node.next = next;
                next = node;
            }
            return next;
        });
        kinds.add("chain of a thousand Serializable objects", () -> {
            SerializableNode next = null;
            for (int i = 0; i < 1000; i++) {
                SerializableNode node = new SerializableNode();
                node.next = next;
                next = node;
            }
            return next;
        });
        kinds.add("chain of a thousand records", () -> {
            Object next = null;
            for (int i = 0; i < 1000; i++) next = new Link(i, next);
            return next;
        });
        kinds.add("a thousand lists in lists", () -> {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < 1000; i++) list = new ArrayList<>(Arrays.asList(i, list));
            return list;
        });
        kinds.add("LinkedList of 10,000", () -> new LinkedList<>(Collections.nCopies(10_000, "x")));
    }
}
