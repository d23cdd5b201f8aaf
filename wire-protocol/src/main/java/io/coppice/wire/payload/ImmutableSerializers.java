package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collections that are made from all their elements at once. */
final class ImmutableSerializers {
    private ImmutableSerializers() {}

    /**
     * Replaces what Kryo does with the immutable collections: a second reference to one led to a mutable copy of it.
     */
    static void addTo(Kryo kryo) {
        kryo.addDefaultSerializer(List.of().getClass(), new CopiedSerializer(Kind.LIST));
        kryo.addDefaultSerializer(List.of(1).getClass(), new CopiedSerializer(Kind.LIST));
        kryo.addDefaultSerializer(Set.of().getClass(), new CopiedSerializer(Kind.SET));
        kryo.addDefaultSerializer(Set.of(1).getClass(), new CopiedSerializer(Kind.SET));
        kryo.addDefaultSerializer(Map.of().getClass(), new CopiedSerializer(Kind.MAP));
        kryo.addDefaultSerializer(Map.of(1, 1).getClass(), new CopiedSerializer(Kind.MAP));
        kryo.addDefaultSerializer(Arrays.asList().getClass(), new CopiedSerializer(Kind.ARRAYS_AS_LIST));
        // Copies itself for every element added: from one row it is copied once.
        kryo.addDefaultSerializer(CopyOnWriteArrayList.class, new CopiedSerializer(Kind.COPY_ON_WRITE));
        kryo.addDefaultSerializer(PriorityQueue.class, new CollectionSerializers.OfPriorityQueue());
    }

    /** What is made of a row. No lambdas here: each costs the start of a JVM as much as a class of the user's. */
    private enum Kind {
        LIST,
        SET,
        MAP,
        ARRAYS_AS_LIST,
        COPY_ON_WRITE;

        Object of(@Nullable Object[] row) {
            return switch (this) {
                case LIST -> hasNull(row) ? Stream.of(row).toList() : List.of(row); // the only one that holds nulls
                case SET -> Set.of(row);
                case MAP -> mapOf(row);
                case ARRAYS_AS_LIST -> Arrays.asList(row);
                case COPY_ON_WRITE -> new CopyOnWriteArrayList<>(row);
            };
        }
    }

    private static boolean hasNull(@Nullable Object[] row) {
        for (Object element : row) if (element == null) return true;
        return false;
    }

    private static Object[] keysAndValues(Map<?, ?> map) {
        List<Object> row = new ArrayList<>(2 * map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            row.add(entry.getKey());
            row.add(entry.getValue());
        }
        return row.toArray();
    }

    private static Map<?, ?> mapOf(@Nullable Object[] row) {
        Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[row.length / 2];
        for (int i = 0; i < entries.length; i++) entries[i] = Map.entry(row[2 * i], row[2 * i + 1]);
        return Map.ofEntries(entries);
    }

    /** A collection that is made in one go from all its elements, so that nothing in it can refer back to it. */
    private static final class CopiedSerializer extends Serializer<Object> {
        private final Kind kind;

        CopiedSerializer(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void write(Kryo kryo, Output out, Object value) {
            Object[] row = value instanceof Map<?, ?> map ? keysAndValues(map) : ((Collection<?>) value).toArray();
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
            return kind.of(row);
        }
    }
}
