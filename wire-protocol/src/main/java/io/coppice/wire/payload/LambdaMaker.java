package io.coppice.wire.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a lambda of its serialized form: by the capturing class's own {@code $deserializeLambda$}. That takes two method
 * references to one generic method for the same ({@code Calls::<byte[]>echo}, {@code Calls::<double[]>echo}), so its
 * lambda is looked at; one that is another is made by LambdaMetafactory, as the class itself does where it stands.
 */
final class LambdaMaker {
    private record Key(Class<?> capturing, List<Object> form) {}

    private final Map<Key, MethodHandle> factories = new HashMap<>();

    /**
     * Whether a value that is read may contain this lambda: it is a way to any method of the class that implements it.
     *
     * @throws InvalidClassException if it may not
     */
    static void check(SerializedLambda form, ClassSpace space) throws InvalidClassException {
        space.check(form.getFunctionalInterfaceClass().replace('/', '.'));
        space.check(form.getImplClass().replace('/', '.'));
    }

    Object make(Class<?> capturing, SerializedLambda form) {
        @Nullable Object byItsClass = null;
        @Nullable Throwable failure = null;
        try {
            byItsClass = byItsClass(capturing, form);
            if (byItsClass != null && isThat(byItsClass, form)) return byItsClass;
        } catch (Throwable notKnownThere) {
            failure = notKnownThere;
        }
        try {
            return byMetafactory(capturing, form, byItsClass);
        } catch (IllegalAccessException notOpen) {
            if (byItsClass != null) return byItsClass;
            throw KryoSetup.sneaky(failure == null ? notOpen : failure);
        } catch (Throwable noWay) {
            if (failure == null) throw KryoSetup.sneaky(noWay);
            if (failure != noWay) failure.addSuppressed(noWay);
            throw KryoSetup.sneaky(failure);
        }
    }

    private static boolean isThat(Object lambda, SerializedLambda form) {
        SerializedLambda made = Lambdas.serializedForm(lambda);
        return made != null && parts(made).equals(parts(form));
    }

    private static List<Object> parts(SerializedLambda form) {
        return List.of(
                form.getFunctionalInterfaceClass(),
                form.getFunctionalInterfaceMethodName(),
                form.getFunctionalInterfaceMethodSignature(),
                form.getImplMethodKind(),
                form.getImplClass(),
                form.getImplMethodName(),
                form.getImplMethodSignature(),
                form.getInstantiatedMethodType());
    }

    private static @Nullable Object byItsClass(Class<?> capturing, SerializedLambda form) throws Throwable {
        Method deserialize = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
        try {
            deserialize.setAccessible(true);
        } catch (RuntimeException notOpenToUs) {
            return throughObjectStream(capturing, form);
        }
        try {
            return deserialize.invoke(null, form);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    /** Java serialization may call what we may not. Parts stand for what is captured, which it must not touch. */
    private static @Nullable Object throughObjectStream(Class<?> capturing, SerializedLambda form)
            throws IOException, ClassNotFoundException {
        Object[] parts = new Object[form.getCapturedArgCount()];
        for (int i = 0; i < parts.length; i++) parts[i] = new Part(i);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new SerializedLambda(
                    capturing,
                    form.getFunctionalInterfaceClass(),
                    form.getFunctionalInterfaceMethodName(),
                    form.getFunctionalInterfaceMethodSignature(),
                    form.getImplMethodKind(),
                    form.getImplClass(),
                    form.getImplMethodName(),
                    form.getImplMethodSignature(),
                    form.getInstantiatedMethodType(),
                    parts));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
            {
                enableResolveObject(true);
            }

            @Override
            protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
                if (description.getName().equals(Part.class.getName())) return Part.class;
                return Class.forName(description.getName(), false, capturing.getClassLoader());
            }

            @Override
            protected @Nullable Object resolveObject(@Nullable Object value) {
                return value instanceof Part part ? form.getCapturedArg(part.number()) : value;
            }
        }) {
            return in.readObject();
        }
    }

    private static @Nullable Object[] captured(SerializedLambda form) {
        @Nullable Object[] captured = new Object[form.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) captured[i] = form.getCapturedArg(i);
        return captured;
    }

    private Object byMetafactory(Class<?> capturing, SerializedLambda form, @Nullable Object similar) throws Throwable {
        List<Class<?>> markers =
                similar == null ? List.of() : List.of(similar.getClass().getInterfaces());
        List<Object> key = new ArrayList<>(parts(form));
        key.addAll(markers);
        Key known = new Key(capturing, key);
        MethodHandle factory = factories.get(known);
        if (factory == null) {
            factory = factory(capturing, form, markers);
            factories.put(known, factory);
        }
        return factory.invokeWithArguments(captured(form));
    }

    private static MethodHandle factory(Class<?> capturing, SerializedLambda form, List<Class<?>> interfaces)
            throws ReflectiveOperationException, java.lang.invoke.LambdaConversionException {
        ClassLoader loader = capturing.getClassLoader();
        LambdaMaker.class.getModule().addReads(capturing.getModule());
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(capturing, MethodHandles.lookup());
        Class<?> type = Class.forName(form.getFunctionalInterfaceClass().replace('/', '.'), false, loader);
        MethodHandle body = body(capturing, form, lookup, loader);
        MethodType captured = body.type()
                .dropParameterTypes(form.getCapturedArgCount(), body.type().parameterCount())
                .changeReturnType(type);
        MethodType method = MethodType.fromMethodDescriptorString(form.getFunctionalInterfaceMethodSignature(), loader);
        List<Class<?>> markers = new ArrayList<>(interfaces);
        markers.removeIf(each -> each == type || each == Serializable.class);
        List<MethodType> bridges = bridges(type, form.getFunctionalInterfaceMethodName(), method);
        List<Object> arguments = new ArrayList<>(List.of(
                method,
                body,
                MethodType.fromMethodDescriptorString(form.getInstantiatedMethodType(), loader),
                LambdaMetafactory.FLAG_SERIALIZABLE | LambdaMetafactory.FLAG_MARKERS | LambdaMetafactory.FLAG_BRIDGES,
                markers.size()));
        arguments.addAll(markers);
        arguments.add(bridges.size());
        arguments.addAll(bridges);
        return LambdaMetafactory.altMetafactory(
                        lookup, form.getFunctionalInterfaceMethodName(), captured, arguments.toArray())
                .getTarget();
    }

    private static MethodHandle body(
            Class<?> capturing, SerializedLambda form, MethodHandles.Lookup lookup, ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> owner = Class.forName(form.getImplClass().replace('/', '.'), false, loader);
        String name = form.getImplMethodName();
        MethodType type = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
        return switch (form.getImplMethodKind()) {
            case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, name, type);
            case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, type);
            case MethodHandleInfo.REF_invokeSpecial -> lookup.findSpecial(owner, name, type, capturing);
            default -> lookup.findVirtual(owner, name, type);
        };
    }

    /** The same method as interfaces above have it, with other types where they are generic. */
    private static List<MethodType> bridges(Class<?> type, String name, MethodType method) {
        List<MethodType> bridges = new ArrayList<>();
        for (Method each : type.getMethods()) {
            MethodType other = MethodType.methodType(each.getReturnType(), each.getParameterTypes());
            boolean same = each.getName().equals(name) && other.parameterCount() == method.parameterCount();
            if (same
                    && java.lang.reflect.Modifier.isAbstract(each.getModifiers())
                    && !other.equals(method)
                    && !bridges.contains(other)) bridges.add(other);
        }
        return bridges;
    }
}
