package io.coppice.wire.payload;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/** Writes one object, and decides of each that it holds whether it goes into the same stream or is a {@link Part}. */
final class JavaFormOutput extends ObjectOutputStream {
    /** So many are looked into for what is in them. */
    private static final int MOST_THROWABLES = 1_000;

    private static final ClassValue<Boolean> HAS_NO_LIFE_OF_ITS_OWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return hasNoLifeOfItsOwn(type);
        }
    };

    private final KryoSetup kryo;
    private final Object top;
    private final JavaForm.Extent extent;
    private final List<Object> parts = new ArrayList<>();
    private final IdentityHashMap<Object, Part> partOf = new IdentityHashMap<>();
    private final List<Object> members = new ArrayList<>();
    private final IdentityHashMap<NullPointerException, NullPointerException> inWords = new IdentityHashMap<>();
    private @Nullable Object announcing;
    private boolean topSeen;
    private boolean membersOnly;
    private boolean notThere;

    JavaFormOutput(OutputStream out, KryoSetup kryo, Object top, JavaForm.Extent extent) throws IOException {
        super(out);
        this.kryo = kryo;
        this.top = top;
        this.extent = extent;
        enableReplaceObject(true);
    }

    List<Object> parts() {
        return parts;
    }

    /** What went into the stream besides the object itself and can be referred to. */
    List<Object> members() {
        return members;
    }

    /** Behind the object, so that the reader gets hold of them. */
    void writeMembers() throws IOException {
        if (extent == JavaForm.Extent.WHOLE) addReplacedMembers();
        membersOnly = true;
        for (int i = 0; i < members.size(); i++) {
            notThere = false;
            writeObject(members.get(i)); // a handle: it was written
            if (notThere) members.set(i, new Object()); // which nobody will refer to
        }
    }

    /** What was replaced before it was shown to us (writeReplace): it is found by what holds it. */
    private void addReplacedMembers() {
        for (Object replaced : replacedOnes()) {
            if (kryo.references().isKnown(replaced)) continue;
            if (holdsItself(replaced)) throw KryoSetup.sneaky(new Cycle(replaced, -1));
            members.add(replaced);
        }
    }

    /** Java would read the reference back to it as one to what was written in its place. */
    private boolean holdsItself(Object replaced) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> ahead = new ArrayDeque<>(List.of(replaced));
        boolean[] found = new boolean[1];
        int[] throwables = new int[1];
        seen.add(top);
        for (Object next = ahead.poll(); next != null && !found[0]; next = ahead.poll()) {
            try {
                Contents.sentBy(next, (held, place) -> {
                    found[0] |= held == replaced;
                    if (held != null && !partOf.containsKey(held) && seen.add(held) && isWithinReason(held, throwables))
                        ahead.add(held);
                    return found[0];
                });
            } catch (RuntimeException cannotBeLookedInto) {
                // what it alone holds stays unknown
            }
        }
        return found[0];
    }

    /**
     * Writes the parts for what Java serialization would replace before it shows it to us (writeReplace), so that they
     * are known by themselves. Where all goes into the stream, for what was written before it.
     *
     * @return how many
     */
    int announce() throws IOException {
        int announced = 0;
        for (Object each : replacedOnes()) {
            if (extent == JavaForm.Extent.WHOLE && !kryo.references().isKnown(each)) continue;
            announcing = each;
            writeObject(each);
            announced++;
        }
        announcing = null;
        return announced;
    }

    /** What the objects in the stream hold that will be replaced there. */
    private List<Object> replacedOnes() {
        List<Object> replaced = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(top);
        Deque<Object> ahead = new ArrayDeque<>(seen);
        int[] throwables = new int[1];
        for (Object next = ahead.poll(); next != null; next = ahead.poll()) {
            try {
                Contents.sentBy(next, (held, place) -> {
                    if (held == null || held instanceof String || !seen.add(held)) return false;
                    if (isReplaced(held.getClass())) replaced.add(held);
                    if (goesWithTheTop(held) && isWithinReason(held, throwables)) ahead.add(held);
                    return false;
                });
            } catch (RuntimeException cannotBeLookedInto) {
                // it will be seen whether it can be written
            }
        }
        return replaced;
    }

    /** An exception may make its cause anew whenever it is asked, and so be followed by more of them without end. */
    private static boolean isWithinReason(Object held, int[] throwables) {
        return !(held instanceof Throwable) || ++throwables[0] <= MOST_THROWABLES;
    }

    private static boolean isReplaced(Class<?> type) {
        return JavaHooks.isReplacedInAStream(type)
                && !type.getName().startsWith("java.time.")
                && !Throwable.class.isAssignableFrom(type);
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        writeInt(type == Part.class ? ClassSpace.CLASS_PATH : kryo.names().loaderOf(type));
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object value) throws IOException {
        if (value == null) return null; // what a writeReplace has returned
        if (announcing != null) return part(announcing);
        if (membersOnly) {
            notThere = true;
            return null;
        }
        boolean first = !topSeen;
        topSeen = true;
        if (value == top) return inWords(value);
        if (value instanceof String || value instanceof Number && isBoxed(value) || value instanceof Enum) return value;
        if (value instanceof Boolean || value instanceof Character) return value;
        if (kryo.references().isKnown(value)) return part(value);
        if (value instanceof Serializable && HAS_NO_LIFE_OF_ITS_OWN.get(value.getClass())) return value;
        return first || goesWithTheTop(value) ? member(value) : part(value);
    }

    private boolean goesWithTheTop(Object value) {
        if (extent == JavaForm.Extent.ALONE) return false;
        if (kryo.forms().have(value.getClass())) return false;
        if (value instanceof Throwable) return top instanceof Throwable;
        if (extent == JavaForm.Extent.THROWABLES) return isOfThrowables(value);
        Class<?> type = value.getClass();
        boolean refused = Refusal.isBoundToItsJvm(type) && !JavaHooks.replacesItself(type);
        return value instanceof Serializable
                && !refused
                && !type.isRecord() // Java reads a cycle through one as null
                && !Proxy.isProxyClass(type);
    }

    /** As a throwable keeps its suppressed ones. */
    private static boolean isOfThrowables(Object value) {
        return value.getClass() == ArrayList.class
                && !((ArrayList<?>) value).isEmpty()
                && ((ArrayList<?>) value).stream().allMatch(element -> element instanceof Throwable);
    }

    private Part part(Object value) {
        return partOf.computeIfAbsent(value, unknown -> {
            parts.add(unknown);
            return new Part(parts.size() - 1);
        });
    }

    private Object member(Object value) {
        members.add(value);
        return inWords(value);
    }

    /** With the message that says what was null: the JVM makes it when it is asked, and only where it was thrown. */
    private Object inWords(Object value) {
        if (value.getClass() != NullPointerException.class) return value;
        return inWords.computeIfAbsent((NullPointerException) value, thrown -> {
            NullPointerException copy = new NullPointerException(thrown.getMessage());
            copy.setStackTrace(thrown.getStackTrace());
            if (thrown.getCause() != null) copy.initCause(thrown.getCause());
            for (Throwable each : thrown.getSuppressed()) copy.addSuppressed(each);
            return copy;
        });
    }

    private static boolean isBoxed(Object number) {
        return number.getClass().getName().startsWith("java.lang.");
    }

    /**
     * What the JDK makes inside of its objects, and what it writes instead of them, and traces. Not its collections,
     * entries and comparators, whose classes may be hidden from the user but which are not.
     */
    private static boolean hasNoLifeOfItsOwn(Class<?> type) {
        if (type.isArray()) return type.componentType() != Object.class && hasNoLifeOfItsOwn(type.componentType());
        if (type == StackTraceElement.class) return true;
        return !type.isPrimitive()
                && JavaHooks.isOfTheJdk(type)
                && !Modifier.isPublic(type.getModifiers())
                && !Proxy.isProxyClass(type)
                && !AbstractOwnableSynchronizer.class.isAssignableFrom(type) // a lock's, which its conditions share
                && (Externalizable.class.isAssignableFrom(type)
                        || !Collection.class.isAssignableFrom(type)
                                && !Map.class.isAssignableFrom(type)
                                && !Map.Entry.class.isAssignableFrom(type)
                                && !Comparator.class.isAssignableFrom(type));
    }
}
