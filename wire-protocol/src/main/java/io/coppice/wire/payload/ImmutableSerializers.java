package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collections that are made from all their elements at once. */
final class ImmutableSerializers {
    private ImmutableSerializers() {}

    /** Replaces what Kryo does with the immutable collections: a second reference to one led to a mutable copy of it. */
    static void addTo(Kryo kryo) {
        var list = new CopiedSerializer(
                row -> ((Collection<?>) row).toArray(),
                row -> Stream.of(row).anyMatch(element -> element == null)
                        ? Stream.of(row).toList() // the only one that holds nulls
                        : List.of(row));
        kryo.addDefaultSerializer(List.of().getClass(), list);
        kryo.addDefaultSerializer(List.of(1).getClass(), list);
        var set = new CopiedSerializer(row -> ((Collection<?>) row).toArray(), Set::of);
        kryo.addDefaultSerializer(Set.of().getClass(), set);
        kryo.addDefaultSerializer(Set.of(1).getClass(), set);
        var map = new CopiedSerializer(ImmutableSerializers::keysAndValues, ImmutableSerializers::mapOf);
        kryo.addDefaultSerializer(Map.of().getClass(), map);
        kryo.addDefaultSerializer(Map.of(1, 1).getClass(), map);
        kryo.addDefaultSerializer(
                Arrays.asList().getClass(),
                new CopiedSerializer(row -> ((Collection<?>) row).toArray(), Arrays::asList));
        // Copies itself for every element added: from one row it is copied once.
        kryo.addDefaultSerializer(
                CopyOnWriteArrayList.class,
                new CopiedSerializer(row -> ((Collection<?>) row).toArray(), CopyOnWriteArrayList::new));
        kryo.addDefaultSerializer(PriorityQueue.class, new CollectionSerializers.OfPriorityQueue());
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
            References references = ((KryoSetup) kryo).references();
            references.begin();
            try {
                for (Object element : row) kryo.writeClassAndObject(out, element);
            } finally {
                references.end();
            }
        }

        @Override
        public Object read(Kryo kryo, Input in, Class<?> type) {
            int length = in.readVarInt(true);
            CollectionSerializers.check(in, length, 1);
            @Nullable Object[] row = new Object[length];
            for (int i = 0; i < length; i++) row[i] = kryo.readClassAndObject(in);
            return fromRow.apply(row);
        }
    }
}
