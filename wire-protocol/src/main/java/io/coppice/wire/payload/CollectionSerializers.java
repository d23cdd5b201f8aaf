package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.PriorityQueueSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collections, maps and arrays in Kryo's form, with lengths checked before room is made for them, and made by their own
 * constructors: one that Objenesis made has no table to add to.
 */
final class CollectionSerializers {
    /** Kryo writes nulls alone as a length, so that many elements need no bytes at all. */
    private static final int MOST_NULLS = 1 << 20;

    private CollectionSerializers() {}

    /** Replaces what Kryo does with the immutable collections: a second reference to one led to a mutable copy of it. */
    static void addTo(Kryo kryo) {
        var list = new CopiedSerializer(
                row -> ((Collection<?>) row).toArray(),
                row -> Stream.of(row).anyMatch(element -> element == null)
                        ? Stream.of(row).toList() // the only one that holds nulls
                        : List.of(row));
        kryo.addDefaultSerializer(List.of().getClass(), list);
        kryo.addDefaultSerializer(List.of(1).getClass(), list);
        kryo.addDefaultSerializer(List.of(1).subList(0, 1).getClass(), list);
        var set = new CopiedSerializer(row -> ((Collection<?>) row).toArray(), Set::of);
        kryo.addDefaultSerializer(Set.of().getClass(), set);
        kryo.addDefaultSerializer(Set.of(1).getClass(), set);
        var map = new CopiedSerializer(CollectionSerializers::keysAndValues, CollectionSerializers::mapOf);
        kryo.addDefaultSerializer(Map.of().getClass(), map);
        kryo.addDefaultSerializer(Map.of(1, 1).getClass(), map);
        kryo.addDefaultSerializer(
                Arrays.asList().getClass(),
                new CopiedSerializer(row -> ((Collection<?>) row).toArray(), Arrays::asList));
        // Copies itself for every element added: from one row it is copied once.
        kryo.addDefaultSerializer(
                CopyOnWriteArrayList.class,
                new CopiedSerializer(row -> ((Collection<?>) row).toArray(), CopyOnWriteArrayList::new));
        kryo.addDefaultSerializer(PriorityQueue.class, new OfPriorityQueue());
    }

    private static Object[] keysAndValues(Object map) {
        return ((Map<?, ?>) map)
                .entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray();
    }

    private static Map<?, ?> mapOf(@Nullable Object[] row) {
        Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[row.length / 2];
        for (int i = 0; i < entries.length; i++) entries[i] = Map.entry(row[2 * i], row[2 * i + 1]);
        return Map.ofEntries(entries);
    }

    private static void check(Input in, int length, int elementBytes) {
        ((CheckedInput) in).checked(length, elementBytes);
    }

    /** A collection that is made in one go from all its elements, so that nothing in it can refer back to it. */
    private static final class CopiedSerializer extends Serializer<Object> {
        private final Function<Object, Object[]> toRow;
        private final Function<@Nullable Object[], Object> fromRow;

        CopiedSerializer(Function<Object, Object[]> toRow, Function<@Nullable Object[], Object> fromRow) {
            this.toRow = toRow;
            this.fromRow = fromRow;
        }

        @Override
        public void write(Kryo kryo, Output out, Object value) {
            Object[] row = toRow.apply(value);
            out.writeVarInt(row.length, true);
            for (Object element : row) kryo.writeClassAndObject(out, element);
        }

        @Override
        public Object read(Kryo kryo, Input in, Class<?> type) {
            int length = in.readVarInt(true);
            check(in, length, 1);
            @Nullable Object[] row = new Object[length];
            for (int i = 0; i < length; i++) row[i] = kryo.readClassAndObject(in);
            return fromRow.apply(row);
        }
    }

    static final class OfCollection extends CollectionSerializer<Collection<Object>> {
        private final Supplier<Collection<Object>> constructor;

        OfCollection(Supplier<Collection<Object>> constructor) {
            this.constructor = constructor;
        }

        @Override
        public void write(Kryo kryo, Output out, Collection<Object> collection) {
            if (collection != null
                    && collection.size() > MOST_NULLS
                    && collection.stream().allMatch(element -> element == null))
                throw new IllegalArgumentException("nothing but nulls: elements=" + collection.size());
            super.write(kryo, out, collection);
        }

        @Override
        protected Collection<Object> create(Kryo kryo, Input in, Class<? extends Collection<Object>> type, int length) {
            if (length > MOST_NULLS) check(in, length, 1);
            return constructor.get();
        }
    }

    static final class OfMap extends MapSerializer<Map<Object, Object>> {
        private final Supplier<Map<Object, Object>> constructor;

        OfMap(Supplier<Map<Object, Object>> constructor) {
            this.constructor = constructor;
        }

        @Override
        protected Map<Object, Object> create(
                Kryo kryo, Input in, Class<? extends Map<Object, Object>> type, int length) {
            check(in, length, 2);
            return constructor.get();
        }
    }

    private static final class OfPriorityQueue extends PriorityQueueSerializer {
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

        OfArray(Serializer<Object> kryos) {
            super(true);
            this.kryos = kryos;
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
}
