package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers what the engine says of a call. */
final class RecordingSink implements CallSink {
    final List<String> told = new ArrayList<>();
    boolean cancelled;

    @Override
    public boolean start() {
        if (cancelled) return false;
        told.add("start");
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void answer(int firstItem, Items outcomes, Origin origin) {
        StringBuilder bytes = new StringBuilder();
        for (Items.Cursor item = outcomes.cursor(); item.next(); )
            bytes.append(' ')
                    .append(item.outcomePayload().bytes()[item.outcomePayload().offset()]);
        told.add("answer from " + firstItem + ":" + bytes);
    }

    @Override
    public void broken(Supplier<String> message, @Nullable Throwable cause) {
        told.add("broken: " + message.get());
    }

    @Override
    public void cancelByPool() {
        cancelled = true;
        told.add("cancelled");
    }
}
