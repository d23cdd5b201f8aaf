package io.coppice;

import org.jspecify.annotations.Nullable;

/**
 * How one item of a {@code map} ended: with a value or with a failure. Immutable.
 *
 * @param <T> the value
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /**
     * The function returned.
     *
     * @param value what it returned
     * @param <T> the value
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {
        @Override
        public T result() {
            return value;
        }

        @Override
        public @Nullable Throwable exception() {
            return null;
        }
    }

    /**
     * The function threw, or could not be run.
     *
     * @param exception what it threw, or why it could not be run
     * @param <T> the value there would have been
     */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {
        @Override
        public T result() throws Exception {
            throw Rethrow.asThrown(exception);
        }
    }

    /**
     * The value, or the failure thrown.
     *
     * @return the value
     * @throws Exception the failure, as it was thrown
     */
    T result() throws Exception;

    /**
     * The failure, or null if there is a value.
     *
     * @return what the function threw, or null
     */
    @Nullable
    Throwable exception();

    /**
     * Whether there is a value.
     *
     * @return true if the function returned
     */
    default boolean isSuccess() {
        return exception() == null;
    }
}
