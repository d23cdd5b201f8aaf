package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why one call has no outcome of its own, though the pool goes on. Any thread may read it.
 *
 * @param message made when somebody asks
 * @param fault what is behind it, besides words
 * @param stack where its worker was in it, innermost first; empty if that is not known
 * @param outcome how it ended when it was interrupted: one item
 */
public record Loss(
        Kind kind,
        Supplier<String> message,
        Fault fault,
        List<StackTraceElement> stack,
        @Nullable Items outcome) {
    /** In what way it was lost. */
    public enum Kind {
        /** Its worker died. */
        WORKER_DIED,
        /** It took longer than it may. */
        TIMED_OUT
    }
}
