package io.coppice.wire.payload;

import java.util.Objects;

/**
 * How values of a type of the user's are sent: as what {@code toForm} makes of one, which is any value that can be sent,
 * and from which {@code fromForm} makes it again on the other side. It holds for the type and its subtypes, wherever
 * such a value stands; of several the nearest type counts, and of two equally near the one that was given first. Neither
 * function is ever given null, nor the same object twice in one graph: what is shared stays shared.
 *
 * @param toForm one argument: the value
 * @param fromForm one argument: what {@code toForm} has made, as it arrived
 */
public record Form(Class<?> type, Invocable toForm, Invocable fromForm) {
    /**
     * @throws IllegalArgumentException for a type whose values always go as they are: {@code Object}, a primitive or its
     *     box, {@code String}, an array, an enum
     */
    public Form {
        Objects.requireNonNull(toForm, "toForm");
        Objects.requireNonNull(fromForm, "fromForm");
        if (type == Object.class || alwaysGoesAsItIs(type) || type == Enum.class)
            throw new IllegalArgumentException("values of this type always go as they are: type=" + type.getTypeName());
    }

    /** A constant is there on the other side; the others have a form that nothing could better. */
    static boolean alwaysGoesAsItIs(Class<?> type) {
        return type.isPrimitive()
                || type.isArray()
                || Enum.class.isAssignableFrom(type) && type != Enum.class
                || type == String.class
                || type == Boolean.class
                || type == Character.class
                || Number.class.isAssignableFrom(type)
                        && type.getName().startsWith("java.lang.")
                        && type != Number.class;
    }
}
