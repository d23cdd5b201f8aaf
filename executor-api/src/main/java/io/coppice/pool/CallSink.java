package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.function.Supplier;

/**
 * Where the outcome of a call goes. The dispatcher calls {@link #start}, and afterwards exactly one of {@code answer},
 * {@code lost}, {@code broken}, or {@code handedBack}, which is as if there had been no start; without a start, {@code broken} or
 * {@code cancelByPool}. All on the dispatcher's thread (calls that come after its end: on the submitter's); nothing here
 * may block or run a user's code.
 */
public interface CallSink {
    /** The call is about to be handed to a worker; false if it was cancelled and must not be. */
    boolean start();

    /** The worker that had the call gave it back, or died; the call waits again. */
    void handedBack();

    /** Whether the call was cancelled before it started. */
    boolean isCancelled();

    /** How it ended: the item that the cursor stands on. {@code origin} says who sent it. */
    void answer(Items.Cursor outcome, Origin origin);

    /** It has no outcome, but the pool goes on. */
    void lost(Loss loss);

    /** The pool broke before the call ended. The message is made when somebody asks: there may be millions of calls. */
    void broken(Supplier<String> message, Fault fault);

    /** Shutdown cancels calls that have not started. */
    void cancelByPool();

    /** Where an answer comes from, for the message of an exception. */
    interface Origin {
        String describe();
    }
}
