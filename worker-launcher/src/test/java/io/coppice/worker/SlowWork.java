package io.coppice.worker;

import io.coppice.wire.payload.Invocable;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function that waits while it is read. */
final class SlowWork implements Invocable, Serializable {
    private static final long serialVersionUID = 1;
    private final Work.Slow slow = new Work.Slow(true);

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public Object function() {
        return this;
    }

    @Override
    public @Nullable Object invoke(@Nullable Object[] arguments) {
        return slow == null ? null : arguments[0];
    }
}
