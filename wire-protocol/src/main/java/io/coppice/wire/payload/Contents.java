package io.coppice.wire.payload;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an object holds directly, each with how a programmer would call the place: {@code Report.pending},
 * {@code List[3]}, {@code captured variable 2}. Of the user's classes the fields are read, of the JDK's what they show
 * to everybody. No method of the user's is called, but the iterator of a collection, and the comparator of a sorted map,
 * that one of the JDK's wraps, and a throwable's {@code getCause}.
 */
final class Contents {
    static final String CAPTURED_THIS = "captured this";

    private static final int LONGEST_KEY = 40;

    /** Is shown one thing after the other. */
    interface Visitor {
        /** @return whether it has seen enough */
        boolean visit(@Nullable Object held, Supplier<String> place);
    }

    private Contents() {}

    /** @return whether the visitor had seen enough */
    static boolean of(Object holder, Visitor visitor) {
        // A class that serializes by hand may write a transient field.
        return of(holder, visitor, JavaHooks.serializesByHand(holder.getClass()));
    }

    /** Without fields that may not be sent. */
    static boolean sentBy(Object holder, Visitor visitor) {
        return of(holder, visitor, false);
    }

    private static boolean of(Object holder, Visitor visitor, boolean withTransient) {
        if (holder instanceof SessionGraph graph) return graph.visit(visitor);
        if (holder instanceof Forms.Made made)
            return visitor.visit(
                    made.made(), () -> "form of " + simpleName(made.value().getClass()));
        if (holder instanceof Object[] array) return ofArray(array, visitor);
        if (Lambdas.isLambda(holder)) return ofLambda(holder, visitor);
        Class<?> type = holder.getClass();
        if (Proxy.isProxyClass(type))
            return visitor.visit(Proxy.getInvocationHandler(holder), () -> "handler of the proxy");
        if (JavaHooks.isOfTheJdk(type)) return ofTheJdks(holder, visitor);
        for (Class<?> c = type; c != null && !JavaHooks.isOfTheJdk(c); c = c.getSuperclass())
            for (Field field : c.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (field.getType().isPrimitive() || Modifier.isStatic(modifiers)) continue;
                if (Modifier.isTransient(modifiers) && !withTransient) continue;
                if (visitor.visit(read(field, holder), () -> called(field))) return true;
            }
        if (holder instanceof Throwable thrown) return ofThrowable(thrown, visitor);
        return keepsElementsAsTheJdk(type) && ofTheJdks(holder, visitor);
    }

    private static @Nullable Object read(Field field, Object holder) {
        try {
            field.setAccessible(true);
            return field.get(holder);
        } catch (IllegalAccessException | RuntimeException notOpenToUs) {
            return null;
        }
    }

    private static String called(Field field) {
        String type = simpleName(field.getDeclaringClass());
        String name = field.getName();
        if (!field.isSynthetic()) return type + "." + name;
        if (name.startsWith("this$")) return "enclosing instance of " + type;
        return name.startsWith("val$") ? "captured variable " + name.substring("val$".length()) : type + "." + name;
    }

    /** Without the package and the enclosing classes. {@link Class#getSimpleName} may fail, and load classes. */
    private static String simpleName(Class<?> type) {
        String name = type.getName();
        name = name.substring(name.lastIndexOf('.') + 1);
        String nested = name.substring(name.lastIndexOf('$') + 1);
        return !nested.isEmpty() && Character.isJavaIdentifierStart(nested.charAt(0)) ? nested : name;
    }

    /** A user's subclass of a JDK's collection that does not give out its elements itself. */
    private static boolean keepsElementsAsTheJdk(Class<?> type) {
        try {
            Class<?> jdks = type;
            while (!JavaHooks.isOfTheJdk(jdks)) jdks = jdks.getSuperclass();
            String way = Map.class.isAssignableFrom(jdks) ? "entrySet" : "iterator";
            return !Modifier.isAbstract(jdks.getModifiers())
                    && JavaHooks.isCollection(jdks)
                    && JavaHooks.isOfTheJdk(type.getMethod(way).getDeclaringClass());
        } catch (NoSuchMethodException none) {
            return false;
        }
    }

    private static boolean ofArray(Object[] array, Visitor visitor) {
        for (int i = 0; i < array.length; i++) {
            int index = i;
            if (visitor.visit(array[i], () -> "array[" + index + "]")) return true;
        }
        return false;
    }

    private static boolean ofLambda(Object lambda, Visitor visitor) {
        SerializedLambda form = Lambdas.serializedForm(lambda);
        if (form == null) return false;
        int kind = form.getImplMethodKind();
        boolean ofAnInstance = kind == MethodHandleInfo.REF_invokeVirtual
                || kind == MethodHandleInfo.REF_invokeSpecial
                || kind == MethodHandleInfo.REF_invokeInterface;
        String receiver = form.getImplMethodName().startsWith("lambda$") ? CAPTURED_THIS : "captured receiver";
        for (int i = 0; i < form.getCapturedArgCount(); i++) {
            int variable = ofAnInstance ? i : i + 1;
            if (visitor.visit(form.getCapturedArg(i), () -> variable == 0 ? receiver : "captured variable " + variable))
                return true;
        }
        return false;
    }

    private static boolean ofThrowable(Throwable thrown, Visitor visitor) {
        try {
            if (visitor.visit(thrown.getCause(), () -> "cause")) return true;
        } catch (RuntimeException usersMethodFails) {
            // it has none to show
        }
        for (Throwable each : thrown.getSuppressed()) if (visitor.visit(each, () -> "suppressed")) return true;
        return false;
    }

    private static boolean ofTheJdks(Object holder, Visitor visitor) {
        if (holder instanceof Throwable thrown) return ofThrowable(thrown, visitor);
        if (holder instanceof Collection<?> collection) return ofCollection(collection, visitor);
        if (holder instanceof Map<?, ?> map) return ofMap(map, visitor);
        if (holder instanceof Optional<?> optional) return visitor.visit(optional.orElse(null), () -> "Optional");
        if (holder instanceof AtomicReference<?> reference)
            return visitor.visit(reference.get(), () -> "AtomicReference");
        if (holder instanceof Map.Entry<?, ?> entry)
            return visitor.visit(entry.getKey(), () -> "Entry key")
                    || visitor.visit(entry.getValue(), () -> "Entry value");
        return false;
    }

    private static boolean ofCollection(Collection<?> collection, Visitor visitor) {
        if (collection instanceof SortedSet<?> sorted && visitor.visit(sorted.comparator(), () -> "comparator"))
            return true;
        if (collection instanceof PriorityQueue<?> queue && visitor.visit(queue.comparator(), () -> "comparator"))
            return true;
        String kind = collection instanceof List ? "List" : "Queue";
        int next = 0;
        for (Object element : collection) {
            int index = next++;
            if (visitor.visit(element, () -> collection instanceof Set ? "Set element" : kind + "[" + index + "]"))
                return true;
        }
        return false;
    }

    private static boolean ofMap(Map<?, ?> map, Visitor visitor) {
        if (map instanceof SortedMap<?, ?> sorted && visitor.visit(sorted.comparator(), () -> "comparator"))
            return true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            if (visitor.visit(key, () -> "Map key")) return true;
            if (visitor.visit(entry.getValue(), () -> "Map[" + shown(key) + "]")) return true;
        }
        return false;
    }

    /** A key, if it is of a kind that shows itself without a user's method; else its class. */
    private static String shown(@Nullable Object key) {
        if (key == null) return "null";
        if (key instanceof String text) {
            String shown = text.length() <= LONGEST_KEY ? text : text.substring(0, LONGEST_KEY) + "…";
            return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
        }
        if (key instanceof Enum<?> constant) return constant.name();
        return isBoxed(key) ? key.toString() : Refusal.named(key);
    }

    private static boolean isBoxed(Object value) {
        return value.getClass().getName().startsWith("java.lang.")
                && (value instanceof Number || value instanceof Boolean || value instanceof Character);
    }
}
