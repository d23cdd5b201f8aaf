package io.coppice.wire.payload;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that stays in this JVM was met while a value was written. Its message says what, and what to do.
 *
 * <p>By choice, not for want of a form:
 *
 * <ul>
 *   <li>a {@link Future}, whatever its class: a copy would never be done;
 *   <li>an {@link Executor} that is not {@link Serializable}: its threads and queues are here. One that is, be it the
 *       lambda {@code Runnable::run}, says of itself that a copy works;
 *   <li>neither, where the class replaces itself ({@code writeReplace}): what it is replaced by counts. Nor an enum's
 *       constant, which is there on the other side.
 * </ul>
 */
class Refusal extends NotSerializableException {
    private static final long serialVersionUID = 1;

    private static final String NOT_SERIALIZABLE = ", which is not Serializable";
    private static final String WAY_OUT =
            ": send what it is made from, or give it a serializer (WorkerContext.serializer)";

    private transient @Nullable Object found;

    Refusal(@Nullable Object found, String message) {
        super(message);
        this.found = found;
    }

    static Refusal of(Object found) {
        return new Refusal(found, whatIsWrongWith(found));
    }

    /** @param why behind the class's name, as in {@code ", which is not Serializable"} */
    static Refusal of(Object found, String why) {
        return new Refusal(found, named(found) + why);
    }

    /** An object of a class that the other side cannot have: the one that was being written. */
    static Refusal ofClass(Class<?> type, String why) {
        return new Refusal(null, articleFor(type.getName()) + type.getTypeName() + why);
    }

    /** What was met; null if it is what was being written. */
    @Nullable
    Object found() {
        return found;
    }

    /** The exception outlives its call; what was met need not. */
    void forget() {
        found = null;
    }

    /** Whether values of this class are refused though they could be written. */
    static boolean isBoundToItsJvm(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) return false;
        return Future.class.isAssignableFrom(type)
                || Executor.class.isAssignableFrom(type) && !saysThatItIsSerializable(type);
    }

    /** The class of a dynamic proxy does so for each, whatever it is a proxy of. */
    private static boolean saysThatItIsSerializable(Class<?> type) {
        if (!Proxy.isProxyClass(type)) return Serializable.class.isAssignableFrom(type);
        return Stream.of(type.getInterfaces()).anyMatch(Serializable.class::isAssignableFrom);
    }

    static String named(Object value) {
        String name = value.getClass().getTypeName();
        return articleFor(name) + name;
    }

    /** Of objects of the user's classes that inherit from such a class of the JDK. */
    static String extending(Class<?> jdks) {
        return ", which extends " + jdks.getName() + NOT_SERIALIZABLE + WAY_OUT;
    }

    private static String articleFor(String name) {
        return "aeiou".indexOf(Character.toLowerCase(name.charAt(0))) >= 0 ? "an " : "a ";
    }

    private static String whatIsWrongWith(Object found) {
        String name = found.getClass().getName();
        if (found instanceof Future) return "a java.util.concurrent.Future (" + name + "): pass its result instead";
        if (found.getClass().isHidden() && !Lambdas.isLambda(found))
            return "an object of a hidden class (" + name.substring(0, name.indexOf('/'))
                    + "), which exists in this JVM only: use an ordinary class";
        if (Lambdas.isLambda(found))
            return "a lambda that is not serializable (" + name.substring(0, name.indexOf('/'))
                    + "): give it a serializable type"
                    + " (io.coppice.Task, Action, Fn1, Fn2, Fn3), or cast it to (… & Serializable)";
        if (found instanceof Executor)
            return "an executor (" + name + "), which works only in the JVM that made it:"
                    + " leave it out (a transient field is not sent)"
                    + (Unwritable.isOneOfOurs(found) ? "; a call cannot submit to the pool that runs it" : "");
        String what = named(found) + NOT_SERIALIZABLE;
        if (found instanceof Collection) return what + ": copy it first (into a new ArrayList, say)";
        if (found instanceof Map) return what + ": copy it first (into a new HashMap, say)";
        return what + WAY_OUT;
    }
}
