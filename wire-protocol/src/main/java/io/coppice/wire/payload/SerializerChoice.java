package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import java.io.Serializable;
import java.util.Calendar;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Which serializer a class has. In this order, after the user's own ({@link Forms}):
 *
 * <ol>
 *   <li>what is bound to its JVM is refused: {@link Refusal};
 *   <li>lambdas, throwables, paths and dynamic proxies have serializers of our own, as have arrays, enums, records and
 *       some classes of the JDK;
 *   <li>a class that takes part in Java serialization by hand ({@code writeObject}, {@code readResolve},
 *       {@code Externalizable}, ...) means it: Java serialization;
 *   <li>collections and maps that Kryo rebuilds faithfully: Kryo's; what only shows the JDK's, as {@code keySet()} does:
 *       a copy; all others: Java serialization, the user's own field by field, or refused;
 *   <li>other classes of the JDK: Kryo's own serializer if it has one; else Java serialization, or refused;
 *   <li>the user's own classes: field by field; where fields are not open to us, Java serialization, or refused.
 * </ol>
 */
final class SerializerChoice {
    /** Kryo has serializers for these that lose a part: a locale's script, a timestamp's nanoseconds, a zone's rules. */
    private static final Set<String> BETTER_BY_JAVA = Set.of(
            "java.util.Locale",
            "java.sql.Timestamp",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicBoolean");

    private final KryoSetup kryo;

    SerializerChoice(KryoSetup kryo) {
        this.kryo = kryo;
    }

    Serializer<?> of(Class<?> type) {
        if (Refusal.isBoundToItsJvm(type) && !JavaHooks.replacesItself(type) || type.isHidden())
            return new RefusingSerializer();
        boolean ofTheJdk = JavaHooks.isOfTheJdk(type);
        if (Object[][].class.isAssignableFrom(type) && !kryo.isFinal(type.componentType()))
            return new CollectionSerializers.OfArrayOfArrays();
        if (type == boolean[].class || Object[].class.isAssignableFrom(type))
            return new CollectionSerializers.OfArray(kryo.kryosChoice(type));
        if (type.isArray() || type.isEnum()) return kryo.kryosChoice(type);
        if (type.isRecord() && !JavaHooks.hasReplacement(type)) return ofRecord(type);
        if (!ofTheJdk && JavaHooks.serializesByHand(type) || isBetterByJava(type)) return java(type);
        Serializer<?> known = ofTheJdk ? JdkSerializers.of(type) : null;
        if (known == null && ofTheJdk) known = CollectionSerializers.of(type);
        if (known == null && ofTheJdk) known = CopySerializer.of(type);
        return known != null ? known : kryosOrJavas(type, ofTheJdk);
    }

    private Serializer<?> kryosOrJavas(Class<?> type, boolean ofTheJdk) {
        Serializer<?> kryos;
        try {
            kryos = kryo.kryosChoice(type);
        } catch (RuntimeException fieldsNotAccessible) {
            return ofTheJdk ? java(type) : withoutFields(type, fieldsNotAccessible);
        }
        if (kryos.getClass() == CollectionSerializer.class || kryos.getClass() == MapSerializer.class)
            return ofTheJdk || Serializable.class.isAssignableFrom(type) ? java(type) : ownFields(type, null);
        if (ofTheJdk) return isMadeLate(type) ? new MadeLate(kryos) : kryos;
        boolean forThisClass = kryos instanceof FieldSerializer
                || kryos instanceof RefusingSerializer
                || kryos.getClass().getName().contains("KryoSerializable");
        return forThisClass ? kryos : java(type);
    }

    static Serializer<?> java(Class<?> type) {
        return Serializable.class.isAssignableFrom(type) ? new JavaFormSerializer() : new RefusingSerializer();
    }

    private static boolean isBetterByJava(Class<?> type) {
        return BETTER_BY_JAVA.contains(type.getName())
                || Calendar.class.isAssignableFrom(type)
                || TimeZone.class.isAssignableFrom(type);
    }

    /** Kryo's serializer reads what is in it before there is an object to refer to. */
    private static boolean isMadeLate(Class<?> type) {
        return type == Optional.class || type.getName().startsWith("java.util.Collections$Singleton");
    }

    private static Serializer<?> ofRecord(Class<?> type) {
        try {
            return new MadeLate(new RecordSerializer(type));
        } catch (RuntimeException notOpen) {
            return withoutFields(type, notOpen);
        }
    }

    /** For a class of the user's in a package that is not open to us, or that inherits fields from the JDK. */
    private static Serializer<?> withoutFields(Class<?> type, RuntimeException failure) {
        boolean serializable = Serializable.class.isAssignableFrom(type);
        for (Class<?> c = type; !JavaHooks.isOfTheJdk(c); c = c.getSuperclass()) {
            String missing = JavaHooks.missingOpens(c, Kryo.class.getModule(), SerializerChoice.class.getModule());
            if (missing == null) continue;
            return serializable
                    ? new JavaFormSerializer()
                    : new RefusingSerializer(", whose fields its module does not open to us: write \"" + missing
                            + "\" in the module-info of " + c.getModule().getName() + ", or make it Serializable");
        }
        if (serializable && Serializable.class.isAssignableFrom(JavaHooks.jdksSuperclass(type)))
            return new JavaFormSerializer();
        return ownFields(type, failure);
    }

    private static Serializer<?> ownFields(Class<?> type, @Nullable RuntimeException failure) {
        if (OwnFieldsSerializer.areAll(type)) return new OwnFieldsSerializer(type);
        Class<?> jdks = JavaHooks.jdksSuperclass(type);
        if (failure != null && jdks != Object.class && !Serializable.class.isAssignableFrom(jdks))
            return new RefusingSerializer(Refusal.extending(jdks));
        return failure == null
                ? new RefusingSerializer()
                : new RefusingSerializer(", whose fields cannot be read: " + failure.getMessage());
    }
}
