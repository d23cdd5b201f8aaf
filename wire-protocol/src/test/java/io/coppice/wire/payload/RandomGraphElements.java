package io.coppice.wire.payload;

import java.nio.charset.Charset;
import java.util.*;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.NullUnmarked;

/** What values are, and what collections and maps hold in an order in which two of them can be compared. */
@NullUnmarked
final class RandomGraphElements {
    private static final Object NULL = "a label for null";
    private static final int LABEL_DEPTH = 4;

    /** What is equal may be one or two: a program that looks at the identity of these is wrong by itself. */
    private static final Set<Class<?>> VALUES = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            UUID.class,
            Locale.class,
            Currency.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            java.net.URI.class,
            java.net.URL.class,
            java.io.File.class,
            java.math.BigInteger.class,
            java.math.BigDecimal.class);

    private RandomGraphElements() {}

    static boolean isValue(Object value) {
        return VALUES.contains(value.getClass())
                || value instanceof Enum
                || value instanceof Class
                || value instanceof Charset
                || value instanceof java.nio.file.Path
                || value instanceof java.net.InetAddress
                || value.getClass().getName().startsWith("java.time.");
    }

    /** A part of another collection, which comes back as a collection of its own. */
    static boolean isView(Object value) {
        if (!JavaHooks.isOfTheJdk(value.getClass())) return false;
        String name = value.getClass().getName();
        return name.matches(".*(SubList|Sublist|KeySet|KeySetView|\\$Values|ValuesView|ValueCollection|EntrySet"
                + "|EntrySetView|SubMap|KeyView|ValueView|EntryView|Reverse\\w*|Descending\\w*|\\$LinkedKeySet"
                + "|LinkedValues|LinkedEntrySet|AbstractMap\\$\\d)$");
    }

    static Class<?> kindOf(Object collection) {
        return List.of(
                        SortedMap.class,
                        Map.class,
                        SortedSet.class,
                        Set.class,
                        List.class,
                        Queue.class,
                        Collection.class)
                .stream()
                .filter(kind -> kind.isInstance(collection))
                .findFirst()
                .orElseThrow();
    }

    static Object comparatorOf(Object collection) {
        if (collection instanceof SortedMap<?, ?> map) return map.comparator();
        if (collection instanceof SortedSet<?> set) return set.comparator();
        if (collection instanceof PriorityQueue<?> queue) return queue.comparator();
        return null;
    }

    /** Of a map the entries: copies, as those of an IdentityHashMap change under way. */
    static Object[] elements(Object collection) {
        Collection<?> all = collection instanceof Map<?, ?> map ? map.entrySet() : (Collection<?>) collection;
        List<Object> copy = new ArrayList<>();
        for (Object each : all)
            copy.add(
                    collection instanceof Map<?, ?> && each instanceof Map.Entry<?, ?> entry
                            ? new AbstractMap.SimpleEntry<Object, Object>(entry.getKey(), entry.getValue())
                            : each);
        return copy.toArray();
    }

    static boolean isOrdered(Object collection) {
        return collection instanceof Collection<?> && !(collection instanceof Set<?>)
                || collection instanceof SortedSet
                || collection instanceof SortedMap
                || collection instanceof LinkedHashMap
                || collection instanceof LinkedHashSet
                || collection instanceof CopyOnWriteArraySet
                || collection instanceof EnumMap;
    }

    /** Those with the same label beside each other, the others as they come. */
    static Object[] inTheOrderOf(Object[] one, Object[] other) {
        Map<Object, Deque<Integer>> byLabel = new HashMap<>();
        for (int i = 0; i < other.length; i++)
            byLabel.computeIfAbsent(label(keyOf(other[i]), 0), each -> new ArrayDeque<>())
                    .add(i);
        Object[] sorted = new Object[one.length];
        boolean[] taken = new boolean[one.length];
        boolean[] found = new boolean[one.length];
        for (int i = 0; i < one.length; i++) {
            Deque<Integer> same = byLabel.get(label(keyOf(one[i]), 0));
            if (same == null || same.isEmpty()) continue;
            int at = same.remove();
            sorted[i] = other[at];
            taken[at] = true;
            found[i] = true;
        }
        int rest = 0;
        for (int i = 0; i < one.length; i++) {
            if (found[i]) continue;
            while (taken[rest]) rest++;
            sorted[i] = other[rest++];
        }
        return sorted;
    }

    private static Object keyOf(Object element) {
        return element instanceof Map.Entry<?, ?> entry ? entry.getKey() : element;
    }

    private static Object label(Object value, int depth) {
        if (value == null) return NULL;
        if (isValue(value)) return value;
        if (value instanceof RandomGraphComparison.Labelled labelled)
            return List.of(value.getClass(), labelled.label());
        if (value instanceof List<?> list && depth < LABEL_DEPTH)
            return list.stream().map(each -> label(each, depth + 1)).toList();
        return value.getClass();
    }
}
