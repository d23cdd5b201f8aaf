package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.function.Supplier;

/**
 * Where the outcomes of a series go. Every item gets one: by {@code answer}, {@code lost} or {@code cancelled}, or by {@code broken} if
 * it has none by then. All on the dispatcher's thread (what comes after its end: on the submitter's); nothing here may
 * block or run a user's code.
 */
public interface SeriesSink {
    /** Outcomes of the items from {@code firstItem} on. Workers take turns: rows may come in any order. */
    void answer(int firstItem, Items outcomes, Origin origin);

    /** This item has no outcome, but the pool goes on. */
    void lost(int item, Loss loss);

    /** The pool broke: what has no outcome now will have none, also what is appended later. The first one counts. */
    void broken(Supplier<String> message, Fault fault);

    /** Shutdown cancelled these items before they started. */
    void cancelled(int firstItem, int count);

    /** Where answers come from, for the message of an exception. */
    interface Origin {
        /** Who answered, and which item it was. Any thread. */
        String describe(int item);
    }
}
