package io.coppice.wire.payload;

import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The classes that values may be of: a class is named by the number of the loader that defined it and by its name, and
 * the same two mean the same class on the other side. Thread-safe.
 */
public interface ClassSpace {
    /** The number of the class path, which the worker has too, with the JDK and Coppice itself. */
    int CLASS_PATH = 0;

    /** Users' packages may begin in the same way. */
    Set<String> OWN_PACKAGES = Set.of(
            "io.coppice",
            "io.coppice.code",
            "io.coppice.launch",
            "io.coppice.lifetime",
            "io.coppice.pool",
            "io.coppice.thread",
            "io.coppice.wire",
            "io.coppice.wire.netty",
            "io.coppice.wire.payload",
            "io.coppice.worker");

    /**
     * The number of the loader that defined this class.
     *
     * @throws NotSerializableException if the class cannot be had on the other side; the message says why, as what
     *     follows the class's name: {@code ", a hidden class, which cannot be sent"}
     */
    int loaderOf(Class<?> type) throws NotSerializableException;

    /** The class that was named so on the other side. Not initialized. */
    Class<?> find(int loader, String name) throws ClassNotFoundException;

    /**
     * Whether a value that is read may contain this class: {@link #find} asks it too. For classes that are found in
     * another way.
     *
     * @throws InvalidClassException if it may not
     */
    default void check(String className) throws InvalidClassException {}

    /**
     * Variables of an interactive session that the code of these classes and lambdas uses: static fields, whose values
     * must go with the code, as nothing else would set them on the other side.
     */
    default List<Field> variablesUsedBy(Collection<Class<?>> classes, Collection<SerializedLambda> lambdas) {
        return List.of();
    }

    /**
     * Whether values that are read may bring such variables along: they set static fields, which a worker's answer must
     * never do in the parent.
     */
    default boolean takesVariables() {
        return false;
    }

    /** Whether this class is one of Coppice's own, or of Kryo's: each side has its own, wherever it was loaded from. */
    static boolean isCoppices(String className) {
        if (className.startsWith("com.esotericsoftware.kryo.kryo5.")) return true;
        if (!className.startsWith("io.coppice.")) return false;
        return OWN_PACKAGES.contains(className.substring(0, className.lastIndexOf('.')));
    }

    /** A space with one loader. */
    static ClassSpace of(ClassLoader loader) {
        return new ClassSpace() {
            @Override
            public int loaderOf(Class<?> type) {
                return CLASS_PATH;
            }

            @Override
            public Class<?> find(int number, String name) throws ClassNotFoundException {
                if (number != CLASS_PATH)
                    throw new ClassNotFoundException(name + " of an unknown class loader: loader=" + number);
                return Class.forName(name, false, loader);
            }
        };
    }
}
