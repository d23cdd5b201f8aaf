package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.*;
import org.jspecify.annotations.NullUnmarked;

/** A user's subclasses of the JDK's collections: what they hold must not be added twice. */
@NullUnmarked
@SuppressWarnings({"UnusedVariable", "DoubleBraceInitialization"}) // what users send
final class ValueKindsOfSubclasses {
    private ValueKindsOfSubclasses() {}

    static class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;
        private final String owner;

        Names(String owner) {
            this.owner = owner;
        }
    }

    static final class Limited extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1;
        private final int limit = Integer.parseInt("2");

        Limited() {
            super(16, .75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > limit;
        }
    }

    static final class Row extends AbstractList<Object> {
        private final Object[] elements;

        Row(Object... elements) {
            this.elements = elements;
        }

        @Override
        public Object get(int index) {
            return elements[index];
        }

        @Override
        public int size() {
            return elements.length;
        }
    }

    static void addTo(ValueKinds kinds) {
        kinds.add("ArrayList that fills itself", () -> new ArrayList<Object>() {
            {
                add(1);
            }
        });
        kinds.add("HashMap that fills itself", () -> new HashMap<Object, Object>() {
            {
                put("k", "v");
            }
        });
        kinds.add("subclass of ArrayList with a field", () -> {
            Names names = new Names("owner");
            names.add("a");
            return names;
        });
        kinds.add(
                "cache: subclass of LinkedHashMap with a limit",
                () -> {
                    Limited map = new Limited();
                    map.put("a", 1);
                    map.put("b", 2);
                    return map;
                },
                (sent, back) -> {
                    back.get("a");
                    back.put("c", 3);
                    assertThat(back.keySet()).containsExactly("a", "c");
                });
        kinds.add("subclass of AbstractList", () -> new Row(1, null, "c"));
        kinds.add("subclass of TreeMap", () -> new TreeMap<String, Integer>(Comparator.reverseOrder()) {
            {
                put("a", 1);
                put("b", 2);
            }
        });
    }
}
