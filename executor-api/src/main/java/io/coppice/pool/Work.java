package io.coppice.pool;

import io.coppice.lifetime.Log;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What waits for a worker: calls on one function. Dispatcher thread only. */
abstract sealed class Work permits Call, Series, SeriesRest {
    final PoolFunction function;

    Work(PoolFunction function) {
        this.function = function;
    }

    /** It was taken in, as so manieth; the number is its name in messages. */
    abstract void accepted(long id);

    /** How many calls can be taken now. */
    abstract int size();

    /** Whether nobody wants it any more. */
    abstract boolean isCancelled();

    /** Shutdown cancels what no worker has; {@code each} is given what that was. */
    abstract void cancelByPool(Consumer<Unstarted> each);

    /** The pool broke. The message is made when somebody asks: there may be millions of calls. */
    abstract void broken(Supplier<String> message, Fault fault);

    /** Its name in messages, to be made later: holds on to nothing else of it. */
    abstract Supplier<String> description();

    final String describe() {
        return description().get();
    }

    /** A sink has failed: that is its own matter, and must not stop the dispatcher. */
    final void report(Throwable failure) {
        Log.of(Work.class).error("the end of a call could not be told to all: {}", describe(), failure);
    }
}
