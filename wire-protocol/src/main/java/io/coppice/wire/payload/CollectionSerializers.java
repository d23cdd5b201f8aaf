package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.PriorityQueueSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Collections, maps and arrays in Kryo's form, with lengths checked before room is made for them, and made by their own
 * constructors: one that Objenesis made has no table to add to.
 */
final class CollectionSerializers {
    /**
     * Kryo writes nulls alone as a length, which nobody would have to believe: more of them come with a byte each. Few, as
     * there may be any number of such collections.
     */
    private static final int MOST_NULLS = 64;

    private CollectionSerializers() {}

    private static final Set<Class<?>> COLLECTIONS = Set.of(
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            Vector.class,
            HashSet.class,
            LinkedHashSet.class,
            ConcurrentLinkedQueue.class);

    /** Instead of lambdas, each of which costs the start of a JVM as much as a class of the user's. */
    @SuppressWarnings("JdkObsolete") // what users send, not what we use
    private static Collection<Object> newCollection(Class<?> type) {
        if (type == ArrayList.class) return new ArrayList<>();
        if (type == HashSet.class) return new HashSet<>();
        if (type == LinkedHashSet.class) return new LinkedHashSet<>();
        if (type == LinkedList.class) return new LinkedList<>();
        if (type == ArrayDeque.class) return new ArrayDeque<>();
        return type == Vector.class ? new Vector<>() : new ConcurrentLinkedQueue<>();
    }

    /** The one for a class of the JDK that can be filled after it was made, or null. */
    static @Nullable Serializer<?> of(Class<?> type) {
        if (type == LinkedHashMap.class) return new OfLinkedHashMap();
        if (COLLECTIONS.contains(type)) return new OfCollection(type);
        if (type == HashMap.class) return new OfMap(false);
        return type == ConcurrentHashMap.class ? new OfMap(true) : null;
    }

    static void check(Input in, int length, int elementBytes) {
        ((CheckedInput) in).checked(length, elementBytes);
    }

    static final class OfCollection extends CollectionSerializer<Collection<Object>> {
        private final Class<?> made;

        OfCollection(Class<?> made) {
            this.made = made;
        }

        @Override
        protected void writeHeader(Kryo kryo, Output out, Collection<Object> collection) {
            if (collection.size() <= MOST_NULLS) return;
            boolean onlyNulls = areNulls(collection);
            out.writeBoolean(onlyNulls);
            if (onlyNulls) out.writeBytes(new byte[collection.size()]);
        }

        private static boolean areNulls(Collection<Object> collection) {
            for (Object element : collection) if (element != null) return false;
            return true;
        }

        @Override
        public Collection<Object> read(Kryo kryo, Input in, Class<? extends Collection<Object>> type) {
            Collection<Object> read = super.read(kryo, in, type);
            if (read instanceof Set) ((KryoSetup) kryo).references().hashed(read);
            return read;
        }

        @Override
        protected Collection<Object> create(Kryo kryo, Input in, Class<? extends Collection<Object>> type, int length) {
            if (length > MOST_NULLS) {
                boolean onlyNulls = in.readBoolean();
                check(in, length, 1);
                if (onlyNulls) in.skip(length);
            }
            return newCollection(made);
        }
    }

    static class OfMap extends MapSerializer<Map<Object, Object>> {
        private final boolean concurrent;

        OfMap(boolean concurrent) {
            this.concurrent = concurrent;
        }

        @Override
        public Map<Object, Object> read(Kryo kryo, Input in, Class<? extends Map<Object, Object>> type) {
            Map<Object, Object> read = super.read(kryo, in, type);
            ((KryoSetup) kryo).references().hashed(read);
            return read;
        }

        @Override
        protected Map<Object, Object> create(
                Kryo kryo, Input in, Class<? extends Map<Object, Object>> type, int length) {
            check(in, length, 2);
            return concurrent ? new ConcurrentHashMap<>() : new HashMap<>();
        }
    }

    private static final class OfLinkedHashMap extends OfMap {
        OfLinkedHashMap() {
            super(false);
        }

        @Override
        protected void writeHeader(Kryo kryo, Output out, Map<Object, Object> map) {
            out.writeBoolean(isInOrderOfAccess(map));
        }

        @Override
        protected Map<Object, Object> create(
                Kryo kryo, Input in, Class<? extends Map<Object, Object>> type, int length) {
            boolean inOrderOfAccess = in.readBoolean();
            check(in, length, 2);
            return inOrderOfAccess ? new LinkedHashMap<>(16, 0.75f, true) : new LinkedHashMap<>();
        }

        /** It does not say, so a copy is tried: of two entries the one that is asked for goes to the end. */
        private static boolean isInOrderOfAccess(Map<?, ?> map) {
            @SuppressWarnings("unchecked") // it is emptied first
            Map<Object, Object> copy = (Map<Object, Object>) ((LinkedHashMap<?, ?>) map).clone();
            copy.clear();
            copy.put(1, 1);
            copy.put(2, 2);
            copy.get(1);
            return copy.keySet().iterator().next().equals(2);
        }
    }

    static final class OfPriorityQueue extends PriorityQueueSerializer {
        @Override
        @SuppressWarnings("rawtypes") // as Kryo declares it
        protected PriorityQueue create(Kryo kryo, Input in, Class<? extends PriorityQueue> type, int length) {
            check(in, length, 1);
            return super.create(kryo, in, type, length);
        }
    }

    /** For the arrays that Kryo makes itself instead of asking its input to. */
    static final class OfArray extends Serializer<Object> {
        private final Serializer<Object> kryos;

        @SuppressWarnings("unchecked") // it is for the class it was looked up for
        OfArray(Serializer<?> kryos) {
            super(true);
            this.kryos = (Serializer<Object>) kryos;
        }

        @Override
        public void write(Kryo kryo, Output out, Object array) {
            kryos.write(kryo, out, array);
        }

        @Override
        public Object read(Kryo kryo, Input in, Class<?> type) {
            int start = in.position();
            int lengthPlusOne = in.readVarInt(true); // zero is null
            if (lengthPlusOne != 0) check(in, lengthPlusOne - 1, 1);
            in.setPosition(start);
            return kryos.read(kryo, in, type);
        }
    }

    /** Each element with its class. Kryo takes the elements for arrays of exactly the class that is declared. */
    static final class OfArrayOfArrays extends Serializer<Object[]> {
        @Override
        public void write(Kryo kryo, Output out, Object[] array) {
            out.writeVarInt(array.length, true);
            for (Object element : array) kryo.writeClassAndObject(out, element);
        }

        @Override
        public Object[] read(Kryo kryo, Input in, Class<? extends Object[]> type) {
            int length = in.readVarInt(true);
            check(in, length, 1);
            Object[] array = (Object[]) Array.newInstance(type.componentType(), length);
            kryo.reference(array);
            for (int i = 0; i < length; i++) array[i] = kryo.readClassAndObject(in);
            return array;
        }
    }
}
