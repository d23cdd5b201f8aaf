package io.coppice.wire.payload;

import org.jspecify.annotations.Nullable;

/** What travels as a call's function: something to call, whatever interface the user wrote it against. */
public interface Invocable {
    /** How many arguments {@link #invoke} takes. */
    int arity();

    /** The user's function, whose class loader is that of the thread that runs it. */
    Object function();

    @Nullable
    Object invoke(@Nullable Object[] arguments) throws Throwable;

    /** As {@link #invoke(Object[])}, of a function that takes one argument. */
    default @Nullable Object invokeWith(@Nullable Object argument) throws Throwable {
        return invoke(new @Nullable Object[] {argument});
    }
}
