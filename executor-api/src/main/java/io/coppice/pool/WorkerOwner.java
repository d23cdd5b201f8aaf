package io.coppice.pool;

import io.coppice.wire.Frame;
import io.coppice.wire.Items;

/** Whom a worker tells what has become of it. Dispatcher thread only. */
interface WorkerOwner {
    void initializerReturned(Worker worker, Items outcome);

    /** Items have their outcomes: of the worker's own accord, or found in the flight record that it left. */
    void answered();

    /** The last outcome of a batch has come. The worker may have another, or is idle. */
    void batchEnded(Worker worker, Batch batch);

    /** The worker gave back what it had not begun: called for the last of it first. */
    void gaveBack(Work work);

    /** Nothing is left of this batch, as it was given back. */
    void batchGone(Batch batch);

    /** After it gave back all it had. */
    void isIdle(Worker worker);

    /** It is to be killed for the sake of a call. */
    void sentenced(Worker worker);

    /** It lacks a class or a resource. */
    void wants(SentClasses classes, Frame.Fetch fetch);

    void connectionEnded(Worker worker);

    /** Connection and process have both ended; what is known of it is still to be gathered. */
    void ended(Worker worker);

    /** It has ended, and all is known that will be. */
    void gone(Worker worker);

    /** Whether the pool is closing or broken. */
    boolean isEnding();

    /** Something was said to the worker that is to be flushed at the end of the step. */
    void hasUnsent(Worker worker);
}
