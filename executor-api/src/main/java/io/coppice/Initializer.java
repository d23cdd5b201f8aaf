package io.coppice;

import io.coppice.wire.payload.Invocable;
import org.jspecify.annotations.Nullable;

/** What to run once in every worker. */
record Initializer(
        Invocable invocable, Object function, @Nullable Object[] arguments) {}
