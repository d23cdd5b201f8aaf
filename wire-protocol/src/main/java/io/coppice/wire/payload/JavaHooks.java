package io.coppice.wire.payload;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a class says about itself: whose it is, and which hooks of Java serialization it has. */
final class JavaHooks {
    private static final ClassValue<Boolean> WRITE_REPLACE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) if (declares(c, "writeReplace")) return true;
            return false;
        }
    };

    private JavaHooks() {}

    static boolean isOfTheJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** The first of its superclasses that is the JDK's. */
    static Class<?> jdksSuperclass(Class<?> type) {
        Class<?> c = type;
        while (!isOfTheJdk(c)) c = c.getSuperclass();
        return c;
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

    /** Whether a class of the user's writes something else in its place. */
    static boolean replacesItself(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) return false;
        for (Class<?> c = type; c != null && !isOfTheJdk(c); c = c.getSuperclass())
            if (declares(c, "writeReplace")) return true;
        return false;
    }

    /** Whether an object stream is shown something else in place of such an object, be it the JDK's. */
    static boolean isReplacedInAStream(Class<?> type) {
        return Serializable.class.isAssignableFrom(type) && WRITE_REPLACE.get(type);
    }

    static boolean hasReplacement(Class<?> type) {
        return declares(type, "writeReplace") || declares(type, "readResolve");
    }

    static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(method, parameters) != null;
        } catch (NoSuchMethodException none) {
            return false;
        }
    }

    /** Whether the package of this class lets that module look at what is private. */
    static boolean isOpenTo(Class<?> type, Module reader) {
        return type.getModule().isOpen(type.getPackageName(), reader);
    }

    /** What a module-info must say so that objects of this class can be read and made by their fields; null if all may. */
    static @Nullable String missingOpens(Class<?> type, Module... readers) {
        List<String> missing = new ArrayList<>();
        for (Module reader : readers) if (!isOpenTo(type, reader)) missing.add(String.valueOf(reader.getName()));
        if (missing.isEmpty()) return null;
        String whom = missing.contains("null") ? "" : " to " + String.join(", ", missing); // null: on the class path
        return "opens " + type.getPackageName() + whom;
    }
}
