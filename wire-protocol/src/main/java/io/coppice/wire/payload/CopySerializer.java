package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For what only shows a collection of the JDK's, or a part of it: {@code keySet()}, {@code values()}, {@code subList()},
 * an entry. It comes back as a collection of its own with the same elements in the same order.
 */
final class CopySerializer extends Serializer<Object> {
    private final Function<Object, Object> copy;
    private final Class<?> as;

    private CopySerializer(Function<Object, Object> copy, Class<?> as) {
        this.copy = copy;
        this.as = as;
    }

    /** The one for a class of the JDK, or null if it is no such view. */
    @SuppressWarnings("JdkObsolete") // the only deque that holds nulls
    static @Nullable Serializer<?> of(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type) || Modifier.isPublic(type.getModifiers())) return null;
        // Elements that are equal would become one.
        if (type.getName().startsWith("java.util.IdentityHashMap$") && Set.class.isAssignableFrom(type)) return null;
        if (Map.Entry.class.isAssignableFrom(type))
            return new CopySerializer(
                    entry -> new AbstractMap.SimpleEntry<>((Map.Entry<?, ?>) entry), AbstractMap.SimpleEntry.class);
        if (SortedSet.class.isAssignableFrom(type))
            return new CopySerializer(set -> new TreeSet<>((SortedSet<?>) set), TreeSet.class);
        if (Set.class.isAssignableFrom(type))
            return new CopySerializer(set -> new LinkedHashSet<>((Set<?>) set), LinkedHashSet.class);
        if (List.class.isAssignableFrom(type))
            return new CopySerializer(list -> new ArrayList<>((List<?>) list), ArrayList.class);
        if (Deque.class.isAssignableFrom(type))
            return new CopySerializer(deque -> new LinkedList<>((Deque<?>) deque), LinkedList.class);
        if (Collection.class.isAssignableFrom(type) && !Queue.class.isAssignableFrom(type))
            return new CopySerializer(values -> new ArrayList<>((Collection<?>) values), ArrayList.class);
        if (SortedMap.class.isAssignableFrom(type))
            return new CopySerializer(map -> new TreeMap<>((SortedMap<?, ?>) map), TreeMap.class);
        if (Map.class.isAssignableFrom(type))
            return new CopySerializer(map -> new LinkedHashMap<>((Map<?, ?>) map), LinkedHashMap.class);
        return null;
    }

    @Override
    @SuppressWarnings("unchecked") // it is for the class it was looked up for
    public void write(Kryo kryo, Output out, Object view) {
        ((Serializer<Object>) kryo.getSerializer(as)).write(kryo, out, copy.apply(view));
    }

    @Override
    @SuppressWarnings("unchecked") // it is for the class it was looked up for
    public Object read(Kryo kryo, Input in, Class<?> type) {
        return ((Serializer<Object>) kryo.getSerializer(as)).read(kryo, in, as);
    }
}
