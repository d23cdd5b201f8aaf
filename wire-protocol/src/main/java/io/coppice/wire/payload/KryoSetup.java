package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.SerializerFactory.FieldSerializerFactory;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.serializers.ClosureSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kryo as Coppice uses it: any class, cycles kept, and for each class the serializer that brings it back as it was, or
 * a refusal; never Kryo's habit of claiming every collection and breaking it on the way back. The choice, in order:
 *
 * <ol>
 *   <li>what is bound to its JVM is refused: {@link Refusal};
 *   <li>lambdas and throwables have serializers of our own;
 *   <li>a class that takes part in Java serialization by hand ({@code writeObject}, {@code readResolve},
 *       {@code Externalizable}, ...) means it: Java serialization;
 *   <li>collections and maps that Kryo rebuilds faithfully: Kryo's; all others: Java serialization, or refused;
 *   <li>other classes of the JDK: Kryo's own serializer if it has one; else Java serialization, or refused;
 *   <li>the user's own classes: field by field.
 * </ol>
 */
final class KryoSetup extends Kryo {
    @SuppressWarnings("JdkObsolete") // what users send, not what we use
    private static final Map<Class<?>, Supplier<Collection<Object>>> COLLECTIONS = Map.of(
            ArrayList.class, ArrayList::new,
            LinkedList.class, LinkedList::new,
            ArrayDeque.class, ArrayDeque::new,
            Vector.class, Vector::new,
            HashSet.class, HashSet::new,
            LinkedHashSet.class, LinkedHashSet::new,
            ConcurrentLinkedQueue.class, ConcurrentLinkedQueue::new);

    private static final Map<Class<?>, Supplier<Map<Object, Object>>> MAPS = Map.of(
            HashMap.class, HashMap::new,
            LinkedHashMap.class, LinkedHashMap::new,
            ConcurrentHashMap.class, ConcurrentHashMap::new);

    /** Kryo has serializers for these that lose a part: a locale's script, a timestamp's nanoseconds, a zone's rules. */
    private static final Set<String> BETTER_BY_JAVA = Set.of(
            "java.util.Locale",
            "java.util.SimpleTimeZone",
            "java.sql.Timestamp",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicBoolean");

    private final WriteTrail trail = new WriteTrail();

    private final ClassSpace space;

    KryoSetup(ClassSpace space) {
        super(new ClassNames(space), new FinishedReferences());
        this.space = space;
        setRegistrationRequired(false);
        setInstantiatorStrategy(KryoSetup::instantiatorOf);
        setDefaultSerializer(allFields());
        addDefaultSerializer(Enum.class, EnumNameSerializer.class);
        CollectionSerializers.addTo(this);
        // Kryo writes every lambda under this class.
        register(ClosureSerializer.Closure.class, new LambdaSerializer());
        register(Throwable.class, new ThrowableSerializer());
        register(Path.class, new PathSerializer());
    }

    /** The synthetic ones too: the enclosing instance, and what an anonymous class has captured. */
    private static FieldSerializerFactory allFields() {
        FieldSerializerFactory factory = new FieldSerializerFactory();
        factory.getConfig().setIgnoreSyntheticFields(false);
        return factory;
    }

    /**
     * All throwables under one class: a name that the other side does not know would end the reading of the rest. And all
     * paths: their classes are the system's.
     */
    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Registration getRegistration(Class type) {
        if (Throwable.class.isAssignableFrom(type)) return super.getRegistration(Throwable.class);
        return super.getRegistration(Path.class.isAssignableFrom(type) ? Path.class : type);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Kryo declares it
    public Serializer getDefaultSerializer(Class type) {
        if (Refusal.isBoundToItsJvm(type) && !replacesItself(type)) return new RefusingSerializer();
        boolean ofTheJdk = isOfTheJdk(type);
        if (type == boolean[].class || Object[].class.isAssignableFrom(type))
            return new CollectionSerializers.OfArray(super.getDefaultSerializer(type));
        if (type.isArray() || type.isEnum()) return super.getDefaultSerializer(type);
        if (type.isRecord() && !hasReplacement(type)) return new RecordSerializer(type);
        if (!ofTheJdk && serializesByHand(type) || BETTER_BY_JAVA.contains(type.getName())) return java(type);

        Supplier<Collection<Object>> collection = COLLECTIONS.get(type);
        if (collection != null) return new CollectionSerializers.OfCollection(collection);
        Supplier<Map<Object, Object>> map = MAPS.get(type);
        if (map != null) return new CollectionSerializers.OfMap(map);

        Serializer kryos;
        try {
            kryos = super.getDefaultSerializer(type);
        } catch (RuntimeException fieldsNotAccessible) {
            if (ofTheJdk) return java(type);
            return new RefusingSerializer(", whose fields cannot be read: " + fieldsNotAccessible.getMessage());
        }
        if (kryos.getClass() == CollectionSerializer.class || kryos.getClass() == MapSerializer.class)
            return java(type);
        if (kryos instanceof FieldSerializer) return kryos;
        return ofTheJdk || kryos.getClass().getName().contains("KryoSerializable") ? kryos : java(type);
    }

    // Every object of a graph is written by one of these five, which note a failure on its way out.

    @Override
    public void writeClassAndObject(Output out, @Nullable Object value) {
        try {
            super.writeClassAndObject(out, value);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    public void writeObject(Output out, Object value) {
        try {
            super.writeObject(out, value);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public void writeObject(Output out, Object value, Serializer serializer) {
        try {
            super.writeObject(out, value, serializer);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public void writeObjectOrNull(Output out, @Nullable Object value, Class type) {
        try {
            super.writeObjectOrNull(out, value, type);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public void writeObjectOrNull(Output out, @Nullable Object value, Serializer serializer) {
        try {
            super.writeObjectOrNull(out, value, serializer);
        } catch (Throwable failure) {
            trail.note(failure, value);
            throw failure;
        }
    }

    ClassSpace space() {
        return space;
    }

    /** What was being written when this failure came. */
    WriteTrail trail() {
        return trail;
    }

    /** Where Kryo knows nothing better than the fields, which the JDK's modules do not open to it. */
    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    protected Serializer newDefaultSerializer(Class type) {
        return isOfTheJdk(type) || isCollection(type) ? java(type) : super.newDefaultSerializer(type);
    }

    private static Serializer<?> java(Class<?> type) {
        return Serializable.class.isAssignableFrom(type) ? new JavaFormSerializer() : new RefusingSerializer();
    }

    static boolean isOfTheJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** Whether a class up to the first of the JDK has a hook of Java serialization. */
    static boolean serializesByHand(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) return false;
        if (Externalizable.class.isAssignableFrom(type)) return true;
        for (Class<?> c = type; c != null && !isOfTheJdk(c); c = c.getSuperclass())
            if (declares(c, "writeObject", ObjectOutputStream.class)
                    || declares(c, "readObject", ObjectInputStream.class)
                    || hasReplacement(c)) return true;
        return false;
    }

    private static boolean replacesItself(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) return false;
        for (Class<?> c = type; c != null && !isOfTheJdk(c); c = c.getSuperclass())
            if (declares(c, "writeReplace")) return true;
        return false;
    }

    private static boolean hasReplacement(Class<?> type) {
        return declares(type, "writeReplace") || declares(type, "readResolve");
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(method, parameters) != null;
        } catch (NoSuchMethodException none) {
            return false;
        }
    }

    /**
     * A Serializable class comes to life without its constructor, as Java does it; another through its own no-argument
     * constructor if it has one, so that its transient fields are set up.
     */
    private static <T> ObjectInstantiator<T> instantiatorOf(Class<T> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            try {
                Constructor<T> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return () -> {
                    try {
                        return constructor.newInstance();
                    } catch (ReflectiveOperationException failed) {
                        throw sneaky(failed.getCause() != null ? failed.getCause() : failed);
                    }
                };
            } catch (ReflectiveOperationException | RuntimeException noneWeCanUse) {
                // made without a constructor instead
            }
        }
        return new StdInstantiatorStrategy().newInstantiatorOf(type);
    }

    /** Kryo resolves a reference to what is still being made, and has no identity yet, to null without a word. */
    private static final class FinishedReferences extends MapReferenceResolver {
        @Override
        @SuppressWarnings("rawtypes") // as Kryo declares it
        public Object getReadObject(Class type, int id) {
            Object read = super.getReadObject(type, id);
            if (read == null)
                throw new IllegalArgumentException(
                        "a cycle runs through a record, an immutable collection, a lambda or the like,"
                                + " which cannot be made before what it holds");
            return read;
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }
}
