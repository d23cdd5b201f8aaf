package io.coppice;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument that can be sent to a worker, and may throw anything.
 *
 * @param <A> the argument
 * @param <R> the result
 */
@FunctionalInterface
public interface Fn1<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    /**
     * Runs the function, in the worker.
     *
     * @param a the argument
     * @return the result, which travels back to the caller
     * @throws Exception whatever the function throws; the caller's future gives it back as it was thrown
     */
    R apply(A a) throws Exception;
}
