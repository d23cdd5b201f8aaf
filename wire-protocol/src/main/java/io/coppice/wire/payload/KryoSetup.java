package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.serializers.ClosureSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.JavaSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import java.io.Externalizable;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Kryo as Coppice uses it: any class, cycles kept, and for each class the serializer that brings it back as it was, or
 * a refusal; never Kryo's habit of claiming every collection and breaking it on the way back. The choice, in order:
 *
 * <ol>
 *   <li>lambdas and throwables have serializers of our own;
 *   <li>a class that takes part in Java serialization by hand ({@code writeObject}, {@code readResolve},
 *       {@code Externalizable}, ...) means it: Java serialization;
 *   <li>collections and maps that Kryo rebuilds faithfully: Kryo's; all others: Java serialization, or refused;
 *   <li>other classes of the JDK: Kryo's own serializer if it has one; else Java serialization, or refused;
 *   <li>the user's own classes: field by field.
 * </ol>
 */
final class KryoSetup extends Kryo {
    private static final Set<Class<?>> REBUILT_BY_KRYO = Set.of(
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            Vector.class,
            HashSet.class,
            LinkedHashSet.class,
            CopyOnWriteArrayList.class,
            ConcurrentLinkedQueue.class,
            HashMap.class,
            LinkedHashMap.class,
            ConcurrentHashMap.class);

    private static final Set<Class<?>> BETTER_BY_JAVA =
            Set.of(AtomicInteger.class, AtomicLong.class, AtomicBoolean.class);

    KryoSetup(ClassLoader loader) {
        setClassLoader(loader);
        setRegistrationRequired(false);
        setReferences(true);
        setInstantiatorStrategy(KryoSetup::instantiatorOf);
        addDefaultSerializer(Enum.class, EnumNameSerializer.class);
        // Kryo writes every lambda under this class.
        register(ClosureSerializer.Closure.class, new LambdaSerializer());
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Serializer getDefaultSerializer(Class type) {
        if (Throwable.class.isAssignableFrom(type)) return new ThrowableSerializer();
        boolean ofTheJdk = isOfTheJdk(type);
        if (type.isArray() || type.isEnum() || type.isRecord() && !hasReplacement(type))
            return super.getDefaultSerializer(type);
        if (!ofTheJdk && serializesByHand(type) || BETTER_BY_JAVA.contains(type)) return java(type);

        Serializer kryos = super.getDefaultSerializer(type);
        boolean collection = kryos.getClass() == CollectionSerializer.class || kryos.getClass() == MapSerializer.class;
        if (collection) return REBUILT_BY_KRYO.contains(type) ? kryos : java(type);
        if (kryos instanceof FieldSerializer) return ofTheJdk || isCollection(type) ? java(type) : kryos;
        return ofTheJdk || kryos.getClass().getName().contains("KryoSerializable") ? kryos : java(type);
    }

    private static Serializer<?> java(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type)) return new JavaSerializer();
        throw sneaky(new NotSerializableException(type.getName()));
    }

    private static boolean isOfTheJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** Whether a class up to the first of the JDK has a hook of Java serialization. */
    private static boolean serializesByHand(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) return false;
        if (Externalizable.class.isAssignableFrom(type)) return true;
        for (Class<?> c = type; c != null && !isOfTheJdk(c); c = c.getSuperclass())
            if (declares(c, "writeObject", ObjectOutputStream.class)
                    || declares(c, "readObject", ObjectInputStream.class)
                    || hasReplacement(c)) return true;
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

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }
}
