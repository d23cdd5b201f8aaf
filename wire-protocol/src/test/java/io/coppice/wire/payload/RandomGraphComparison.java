package io.coppice.wire.payload;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.*;
import java.nio.*;
import java.util.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/**
 * Compares two graphs of objects by what they hold: the same classes and values in the same places, and what was one
 * object there is one here. Nearest places first, so that the difference it names is the one with the shortest path.
 */
@NullUnmarked
@SuppressWarnings("IdentityHashMapUsage") // which is which
final class RandomGraphComparison {
    /** Of an object that is found again by what it says of itself where a collection keeps no order. */
    interface Labelled {
        Object label();
    }

    private record Path(Path before, String place) {
        @Override
        public String toString() {
            return before == null ? place : before + " → " + place;
        }
    }

    private record Pair(Object expected, Object actual, Path path) {}

    private final Map<Object, Object> there = new IdentityHashMap<>();
    private final Map<Object, Object> back = new IdentityHashMap<>();
    private final Deque<Pair> ahead = new ArrayDeque<>();
    private final boolean standInsAllowed;
    private String difference;
    private final List<String> standIns = new ArrayList<>();

    /** @param standInsAllowed whether a throwable may be its {@link RemoteException} */
    RandomGraphComparison(boolean standInsAllowed) {
        this.standInsAllowed = standInsAllowed;
    }

    /** Null if there is none. */
    static String difference(Object expected, Object actual) {
        return new RandomGraphComparison(false).compare(expected, actual);
    }

    String compare(Object expected, Object actual) {
        ahead.add(new Pair(expected, actual, new Path(null, "the value")));
        while (difference == null && !ahead.isEmpty()) {
            Pair next = ahead.remove();
            try {
                compare(next.expected, next.actual, next.path);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError failed) {
                differ(next.path, "cannot be looked at: " + failed);
            }
        }
        return difference;
    }

    /** What this object came back as, once they have been compared; null if it was not met. */
    Object cameBackAs(Object expected) {
        return there.get(expected);
    }

    /** Why throwables came back as their stand-ins. */
    List<String> standIns() {
        return standIns;
    }

    private void differ(Path path, String what) {
        if (difference == null) difference = path + ": " + what;
    }

    private void same(Path path, String what, Object expected, Object actual) {
        if (!Objects.deepEquals(expected, actual))
            differ(path, what + " was " + shown(expected) + ", is " + shown(actual));
    }

    private static String shown(Object value) {
        if (value == null) return "null";
        if (RandomGraphElements.isValue(value)) return value.getClass().getSimpleName() + " " + value;
        return value.getClass().isArray()
                ? Arrays.deepToString(new Object[] {value})
                : value.getClass().getName();
    }

    private void next(Path path, String place, Object expected, Object actual) {
        ahead.add(new Pair(expected, actual, new Path(path, place)));
    }

    private void compare(Object expected, Object actual, Path path) throws ReflectiveOperationException {
        if (expected == null || actual == null) {
            if (expected != actual) differ(path, "was " + shown(expected) + ", is " + shown(actual));
            return;
        }
        if (RandomGraphElements.isValue(expected)) {
            if (expected.getClass() != actual.getClass() || !expected.equals(actual))
                differ(path, "was " + shown(expected) + ", is " + shown(actual));
            return;
        }
        if (expected == actual) return; // the one and only, as of an enum
        boolean lambda = Lambdas.isLambda(expected);
        Object before = there.get(expected);
        if (before != null) {
            if (before != actual) differ(path, "was shared, and is one of its own now: " + shown(expected));
            return;
        }
        Object owner = back.get(actual);
        if (owner != null && !lambda && !isEmptyAndImmutable(actual)) {
            differ(path, "were two, and are one now: " + shown(expected));
            return;
        }
        there.put(expected, actual);
        back.put(actual, expected);
        if (lambda) lambda(expected, actual, path);
        else if (standInsAllowed && actual instanceof RemoteException standIn && expected instanceof Throwable thrown)
            standIn(thrown, standIn, path);
        else if (RandomGraphElements.isView(expected)) contents(expected, actual, path);
        else if (expected.getClass() != actual.getClass() && !areImmutableLists(expected, actual))
            differ(
                    path,
                    "was a " + expected.getClass().getName() + ", is a "
                            + actual.getClass().getName());
        else contents(expected, actual, path);
    }

    /** Of one element or two there are two kinds, of List.of and of Stream.toList. */
    private static boolean areImmutableLists(Object expected, Object actual) {
        return expected instanceof List<?>
                && actual instanceof List<?>
                && expected.getClass().getEnclosingClass()
                        == List.of().getClass().getEnclosingClass()
                && expected.getClass().getEnclosingClass() == actual.getClass().getEnclosingClass();
    }

    private static boolean isEmptyAndImmutable(Object value) {
        return JavaHooks.isOfTheJdk(value.getClass())
                && (value instanceof Collection<?> collection && collection.isEmpty()
                        || value instanceof Map<?, ?> map && map.isEmpty());
    }

    private void contents(Object expected, Object actual, Path path) throws ReflectiveOperationException {
        Class<?> type = expected.getClass();
        if (type.isArray()) array(expected, actual, path);
        else if (Proxy.isProxyClass(type))
            next(path, "handler", Proxy.getInvocationHandler(expected), Proxy.getInvocationHandler(actual));
        else {
            if (expected instanceof Throwable thrown) throwable(thrown, (Throwable) actual, path);
            for (Class<?> c = type; c != null && !JavaHooks.isOfTheJdk(c); c = c.getSuperclass())
                fields(c, expected, actual, path);
            if (expected instanceof Collection<?> || expected instanceof Map<?, ?>) collection(expected, actual, path);
            else if (JavaHooks.isOfTheJdk(type) && !(expected instanceof Throwable)) ofTheJdk(expected, actual, path);
        }
    }

    private void array(Object expected, Object actual, Path path) {
        int length = Array.getLength(expected);
        if (length != Array.getLength(actual)) differ(path, "length was " + length + ", is " + Array.getLength(actual));
        else if (expected instanceof Object[] row)
            for (int i = 0; i < length; i++) next(path, "[" + i + "]", row[i], ((Object[]) actual)[i]);
        else same(path, "array", expected, actual);
    }

    private void fields(Class<?> declaring, Object expected, Object actual, Path path) throws IllegalAccessException {
        for (Field field : declaring.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) continue;
            field.setAccessible(true);
            String place = declaring.getSimpleName() + "." + field.getName();
            next(path, place, field.get(expected), field.get(actual));
        }
    }

    private void throwable(Throwable expected, Throwable actual, Path path) {
        same(path, "message", messageOf(expected), messageOf(actual));
        same(path, "stack trace", expected.getStackTrace(), actual.getStackTrace());
        next(path, "cause", expected.getCause(), actual.getCause());
        next(path, "suppressed", expected.getSuppressed(), actual.getSuppressed());
    }

    private void standIn(Throwable expected, RemoteException actual, Path path) {
        standIns.add(reasonOf(actual));
        same(path, "class", expected.getClass().getName(), actual.className());
        same(path, "message", messageOf(expected), messageOf(actual));
        same(path, "stack trace", lines(expected), lines(actual));
    }

    private static String reasonOf(RemoteException standIn) {
        Throwable[] beside = standIn.getSuppressed();
        return beside.length == 0 ? "none told" : String.valueOf(beside[beside.length - 1].getMessage());
    }

    /** Without modules and their versions, which a stand-in may leave out. */
    private static String[] lines(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .toArray(String[]::new);
    }

    private static String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException failed) {
            return "(threw " + failed.getClass().getName() + ")";
        }
    }

    private void lambda(Object expected, Object actual, Path path) {
        SerializedLambda one = Lambdas.serializedForm(expected);
        SerializedLambda other = Lambdas.isLambda(actual) ? Lambdas.serializedForm(actual) : null;
        if (one == null || other == null) {
            differ(path, "was a lambda, is a " + shown(actual));
            return;
        }
        same(
                path,
                "method",
                one.getImplClass() + one.getImplMethodName(),
                other.getImplClass() + other.getImplMethodName());
        same(path, "interface", one.getFunctionalInterfaceClass(), other.getFunctionalInterfaceClass());
        same(path, "captured", one.getCapturedArgCount(), other.getCapturedArgCount());
        if (difference != null) return;
        if (one.getCapturedArgCount() == 0) back.remove(actual); // one for all that say the same
        for (int i = 0; i < one.getCapturedArgCount(); i++)
            next(path, "captured " + i, one.getCapturedArg(i), other.getCapturedArg(i));
    }

    private void ofTheJdk(Object expected, Object actual, Path path) {
        if (expected instanceof Map.Entry<?, ?> entry) {
            next(path, "key", entry.getKey(), ((Map.Entry<?, ?>) actual).getKey());
            next(path, "value", entry.getValue(), ((Map.Entry<?, ?>) actual).getValue());
        } else if (expected instanceof Optional<?> optional) {
            next(path, "Optional", optional.orElse(null), ((Optional<?>) actual).orElse(null));
        } else if (expected instanceof AtomicReference<?> reference) {
            next(path, "AtomicReference", reference.get(), ((AtomicReference<?>) actual).get());
        } else if (expected instanceof AtomicReferenceArray<?> row) {
            same(path, "length", row.length(), ((AtomicReferenceArray<?>) actual).length());
            for (int i = 0; difference == null && i < row.length(); i++)
                next(path, "[" + i + "]", row.get(i), ((AtomicReferenceArray<?>) actual).get(i));
        } else if (expected instanceof Pattern pattern) {
            same(path, "pattern", pattern.pattern(), ((Pattern) actual).pattern());
            same(path, "flags", pattern.flags(), ((Pattern) actual).flags());
        } else if (expected instanceof Buffer buffer) {
            buffer(buffer, (Buffer) actual, path);
        } else if (expected instanceof CharSequence
                || expected.getClass().getName().startsWith("java.util.concurrent.atomic")) {
            same(path, "text", expected.toString(), actual.toString());
        } else if (!expected.equals(actual)) {
            differ(path, "not equal: " + expected.getClass().getName());
        }
    }

    private void buffer(Buffer expected, Buffer actual, Path path) {
        same(path, "position", expected.position(), actual.position());
        same(path, "limit", expected.limit(), actual.limit());
        same(path, "capacity", expected.capacity(), actual.capacity());
        same(path, "read-only", expected.isReadOnly(), actual.isReadOnly());
        same(path, "direct", expected.isDirect(), actual.isDirect());
        if (expected instanceof ByteBuffer bytes) same(path, "order", bytes.order(), ((ByteBuffer) actual).order());
        same(path, "rest", expected.duplicate().clear(), actual.duplicate().clear());
    }

    // ---- collections and maps ----

    private void collection(Object expected, Object actual, Path path) {
        if (!RandomGraphElements.kindOf(expected).isInstance(actual)) {
            differ(path, "was a " + RandomGraphElements.kindOf(expected).getSimpleName() + ", is a " + shown(actual));
            return;
        }
        next(path, "comparator", RandomGraphElements.comparatorOf(expected), RandomGraphElements.comparatorOf(actual));
        Object[] one = RandomGraphElements.elements(expected);
        Object[] other = RandomGraphElements.elements(actual);
        if (one.length != other.length) {
            differ(path, "size was " + one.length + ", is " + other.length);
            return;
        }
        if (!RandomGraphElements.isOrdered(expected)) other = RandomGraphElements.inTheOrderOf(one, other);
        for (int i = 0; i < one.length; i++) {
            if (expected instanceof Map<?, ?> || one[i] instanceof Map.Entry<?, ?> && expected instanceof Set<?>) {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) one[i];
                if (!(other[i] instanceof Map.Entry<?, ?> there)) {
                    differ(path, "entry was " + shown(one[i]) + ", is " + shown(other[i]));
                    return;
                }
                next(path, "key " + i, entry.getKey(), there.getKey());
                next(path, "value " + i, entry.getValue(), there.getValue());
            } else next(path, "[" + i + "]", one[i], other[i]);
        }
    }
}
