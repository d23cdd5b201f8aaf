package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
    public void handedBack() {
        told.add("handed back");
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void answer(Items.Cursor outcome, Origin origin) {
        told.add("answer "
                + outcome.outcomePayload().bytes()[outcome.outcomePayload().offset()]);
    }

    @Override
    public void lost(Loss loss) {
        told.add("lost: " + loss.kind());
    }

    @Override
    public void broken(Supplier<String> message, Fault fault) {
        told.add("broken: " + message.get());
    }

    @Override
    public void cancelByPool() {
        cancelled = true;
        told.add("cancelled");
    }
}
