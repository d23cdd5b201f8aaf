package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the outcome of a call goes. The dispatcher calls {@link #start} at most once, and afterwards exactly one way to
 * the end: answers until every item has one, or {@code broken}; without a start, {@code broken} or {@code
 * cancelByPool}. All on
 * the dispatcher's thread (calls that come after its end: on the submitter's); nothing here may block or run a user's
 * code.
 */
public interface CallSink {
    /** The call is about to be handed to a worker; false if it was cancelled and must not be. */
    boolean start();

    /** Whether the call was cancelled before it started. */
    boolean isCancelled();

    /** Outcomes of the items from {@code firstItem} on, in order; {@code origin} says who sent them. */
    void answer(int firstItem, Items outcomes, Origin origin);

    /** The pool broke before the call ended. The message is made when somebody asks: there may be millions of calls. */
    void broken(Supplier<String> message, @Nullable Throwable cause);

    /** Shutdown cancels calls that have not started. */
    void cancelByPool();

    /** Where an answer comes from, for the message of an exception. */
    interface Origin {
        String describe();
    }
}
