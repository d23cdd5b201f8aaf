package io.coppice;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of two arguments that can be sent to a worker, and may throw anything.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <R> the result
 */
@FunctionalInterface
public interface Fn2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Serializable {
    /**
     * Runs the function, in the worker.
     *
     * @param a the first argument
     * @param b the second argument
     * @return the result, which travels back to the caller
     * @throws Exception whatever the function throws; the caller's future gives it back as it was thrown
     */
    R apply(A a, B b) throws Exception;
}
