package io.coppice;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of three arguments that can be sent to a worker, and may throw anything.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <R> the result
 */
@FunctionalInterface
public interface Fn3<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                R extends @Nullable Object>
        extends Serializable {
    /**
     * Runs the function, in the worker.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the result, which travels back to the caller
     * @throws Exception whatever the function throws; the caller's future gives it back as it was thrown
     */
    R apply(A a, B b, C c) throws Exception;
}
