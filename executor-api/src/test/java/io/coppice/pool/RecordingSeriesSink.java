package io.coppice.pool;

import io.coppice.wire.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Remembers what the engine says of a series. */
final class RecordingSeriesSink implements SeriesSink {
    final List<String> told = new ArrayList<>();

    @Override
    public void answer(int firstItem, Items outcomes, Origin origin) {
        told.add("answer " + firstItem + "+" + outcomes.count());
    }

    @Override
    public void lost(int item, Loss loss) {
        told.add("lost " + item + ": " + loss.kind());
    }

    @Override
    public void broken(Supplier<String> message, Fault fault) {
        told.add("broken: " + message.get());
    }

    @Override
    public void cancelled(int firstItem, int count) {
        told.add("cancelled " + firstItem + "+" + count);
    }
}
