package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * An object of the user's whose class extends one of the JDK's that keeps nothing of its own, such as AbstractList: the
 * fields of the user's classes. (Kryo's FieldSerializer wants the JDK's too, be they transient.)
 */
final class OwnFieldsSerializer extends Serializer<Object> {
    private final List<Field> fields = new ArrayList<>();
    private final ObjectInstantiator<?> instantiator;

    OwnFieldsSerializer(Class<?> type) {
        for (Class<?> c = type; !JavaHooks.isOfTheJdk(c); c = c.getSuperclass())
            for (Field field : c.getDeclaredFields()) {
                if (!isSent(field)) continue;
                field.setAccessible(true);
                fields.add(field);
            }
        instantiator = Instances.instantiatorOf(type);
    }

    /** Whether the user's fields are all there is to an object of this class. */
    static boolean areAll(Class<?> type) {
        for (Class<?> c = JavaHooks.jdksSuperclass(type); c != null; c = c.getSuperclass())
            for (Field field : c.getDeclaredFields()) if (isSent(field)) return false;
        return true;
    }

    private static boolean isSent(Field field) {
        return (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        try {
            for (Field field : fields) kryo.writeClassAndObject(out, field.get(value));
        } catch (IllegalAccessException notOpen) {
            throw KryoSetup.sneaky(notOpen);
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        Object made = instantiator.newInstance();
        kryo.reference(made);
        try {
            for (Field field : fields) field.set(made, kryo.readClassAndObject(in));
        } catch (IllegalAccessException notOpen) {
            throw KryoSetup.sneaky(notOpen);
        }
        return made;
    }
}
