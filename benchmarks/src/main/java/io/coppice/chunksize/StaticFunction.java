package io.coppice.chunksize;

import io.coppice.Fn1;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A public static method of one argument, named on the command line as {@code com.acme.Job::run}. */
final class StaticFunction implements Fn1<Object, @Nullable Object> {
    private static final long serialVersionUID = 1;

    private final Class<?> owner;
    private final String method;
    private final Class<?> parameter;
    private transient @Nullable MethodHandle handle; // found where it is called: in the worker

    private StaticFunction(Method method) {
        owner = method.getDeclaringClass();
        this.method = method.getName();
        parameter = method.getParameterTypes()[0];
    }

    /**
     * Finds it by its name. Of overloads, {@code com.acme.Job::run(long)} names one.
     *
     * @throws UsageException if there is none, or more than one
     */
    static StaticFunction named(String name, ClassLoader loader) {
        int colons = name.indexOf("::");
        if (colons <= 0 || colons + 2 == name.length())
            throw new UsageException("not the name of a function: " + name + "; write com.acme.Job::run");
        Class<?> owner = load(name.substring(0, colons), loader);
        String method = name.substring(colons + 2);
        String parameter = null;
        if (method.endsWith(")") && method.contains("(")) {
            parameter = method.substring(method.indexOf('(') + 1, method.length() - 1);
            method = method.substring(0, method.indexOf('('));
        }
        return new StaticFunction(find(owner, method, parameter));
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError notThere) {
            throw new UsageException("no class " + name
                    + ": is it on the --class-path? (An inner class is Outer$Inner; " + notThere + ")");
        }
    }

    private static Method find(Class<?> owner, String name, @Nullable String parameter) {
        List<Method> named = new ArrayList<>();
        for (Method method : owner.getDeclaredMethods())
            if (method.getName().equals(name) && !method.isSynthetic()) named.add(method);
        if (named.isEmpty()) throw new UsageException("class " + owner.getName() + " has no method " + name + "()");
        List<Method> fitting = named.stream().filter(StaticFunction::fits).toList();
        if (fitting.isEmpty())
            throw new UsageException(
                    "none of these is public, static and has one argument that a line can be made into ("
                            + InputType.names() + "):" + list(named, owner));
        if (parameter != null)
            fitting =
                    fitting.stream().filter(method -> takes(method, parameter)).toList();
        if (fitting.isEmpty())
            throw new UsageException("no " + name + "(" + parameter + ") among these:" + list(named, owner));
        if (fitting.size() > 1)
            throw new UsageException("more than one fits; name its argument, too:" + list(fitting, owner));
        return fitting.get(0);
    }

    private static boolean fits(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getModifiers())
                && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                && method.getParameterCount() == 1
                && InputType.of(method.getParameterTypes()[0]).isPresent();
    }

    private static boolean takes(Method method, String parameter) {
        Class<?> type = method.getParameterTypes()[0];
        return parameter.equals(type.getSimpleName()) || parameter.equals(type.getName());
    }

    private static String list(List<Method> methods, Class<?> owner) {
        return methods.stream()
                .map(method -> "\n  " + Modifier.toString(method.getModifiers()) + " " + owner.getName() + "::"
                        + method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(", ", "(", ")")))
                .sorted()
                .collect(Collectors.joining());
    }

    InputType inputType() {
        return InputType.of(parameter).orElseThrow();
    }

    @Override
    @SuppressWarnings("NullAway") // it does not look at the type argument, which says so
    public @Nullable Object apply(Object item) throws Exception {
        MethodHandle found = handle;
        if (found == null) handle = found = find();
        try {
            return (Object) found.invokeExact(item);
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        }
    }

    private MethodHandle find() throws ReflectiveOperationException {
        Method method = owner.getMethod(this.method, parameter);
        return MethodHandles.publicLookup().unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
    }

    /** As it was named, without the package. */
    @Override
    public String toString() {
        return owner.getSimpleName() + "::" + method;
    }
}
