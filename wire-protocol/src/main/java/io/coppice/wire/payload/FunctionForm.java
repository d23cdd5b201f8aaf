package io.coppice.wire.payload;

import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * What most calls name as their function: a method reference, or a lambda that has captured nothing, in one of Coppice's
 * records. It travels as a row of {@link SimpleValues}, so that Kryo's loading is not in the way to the first result.
 */
final class FunctionForm {
    /** In front of the row. */
    private static final byte FUNCTION = 36;

    private static final int PARTS = 10;

    private final ClassSpace space;
    private final boolean usersForms;

    /** @param usersForms whether there are any: one might be for a functional interface */
    FunctionForm(ClassSpace space, boolean usersForms) {
        this.space = space;
        this.usersForms = usersForms;
    }

    /** Writes the function, or writes nothing and returns false if it is a graph's business. */
    boolean write(PayloadBuffer out, Invocable function) {
        Object lambda = function.function();
        if (usersForms || !function.getClass().isRecord() || !Lambdas.isLambda(lambda)) return false;
        SerializedLambda form = Lambdas.serializedForm(lambda);
        if (form == null || form.getCapturedArgCount() > 0) return false;
        Class<?> capturing;
        try {
            capturing = Lambdas.capturingClass(lambda, form);
            // A class of another loader may come with variables of an interactive session.
            if (space.loaderOf(capturing) != ClassSpace.CLASS_PATH) return false;
        } catch (ClassNotFoundException | NotSerializableException whichAGraphExplains) {
            return false;
        }
        out.put(FUNCTION);
        SimpleValues.write(out, function.getClass().getName());
        SimpleValues.write(out, capturing.getName());
        SimpleValues.write(out, form.getFunctionalInterfaceClass());
        SimpleValues.write(out, form.getFunctionalInterfaceMethodName());
        SimpleValues.write(out, form.getFunctionalInterfaceMethodSignature());
        SimpleValues.write(out, form.getImplMethodKind());
        SimpleValues.write(out, form.getImplClass());
        SimpleValues.write(out, form.getImplMethodName());
        SimpleValues.write(out, form.getImplMethodSignature());
        SimpleValues.write(out, form.getInstantiatedMethodType());
        return true;
    }

    static boolean is(byte[] bytes, int offset, int length) {
        return length > 0 && bytes[offset] == FUNCTION;
    }

    Invocable read(byte[] bytes, int offset, int length) {
        @Nullable Object[] parts = new Object[PARTS];
        SimpleValues.row(bytes, offset + 1, offset + length, parts);
        try {
            Class<?> capturing = space.find(ClassSpace.CLASS_PATH, text(parts[1]));
            SerializedLambda form = new SerializedLambda(
                    capturing,
                    text(parts[2]),
                    text(parts[3]),
                    text(parts[4]),
                    (Integer) required(parts[5]),
                    text(parts[6]),
                    text(parts[7]),
                    text(parts[8]),
                    text(parts[9]),
                    new Object[0]);
            LambdaMaker.check(form, space);
            return around(text(parts[0]), new LambdaMaker().make(capturing, form));
        } catch (ReflectiveOperationException | InvalidClassException notThere) {
            throw KryoSetup.sneaky(notThere);
        }
    }

    private Invocable around(String recordName, Object lambda) throws ReflectiveOperationException {
        Class<?> type = space.find(ClassSpace.CLASS_PATH, recordName);
        if (!type.isRecord() || !Invocable.class.isAssignableFrom(type))
            throw new IllegalArgumentException("is no function: " + recordName);
        Constructor<?> canonical = type.getDeclaredConstructors()[0];
        canonical.setAccessible(true);
        return (Invocable) canonical.newInstance(lambda);
    }

    private static String text(@Nullable Object part) {
        return (String) required(part);
    }

    private static Object required(@Nullable Object part) {
        if (part == null) throw new IllegalArgumentException("a function without a part");
        return part;
    }
}
