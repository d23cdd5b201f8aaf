package io.coppice;

import io.coppice.pool.Unstarted;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.Invocable;
import io.coppice.wire.payload.PayloadCodec;
import io.coppice.wire.payload.PayloadException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that was meant for a worker and came back from {@code shutdownNow}: can still be run, in this JVM. */
final class NeverStarted implements Runnable {
    private final CodecPool codecs;
    private final String description;
    private final Payload function;
    private final Items arguments;

    NeverStarted(CodecPool codecs, Unstarted call) {
        this.codecs = codecs;
        description = call.description();
        function = call.function();
        arguments = call.arguments();
    }

    @Override
    public void run() {
        for (Items.Cursor item = arguments.cursor(); item.next(); ) {
            try {
                // Read anew for each, as in a worker: one item does not see what another made of its arguments.
                PayloadCodec codec = codecs.take();
                Invocable invocable;
                @Nullable Object[] values;
                try {
                    invocable = (Invocable) Objects.requireNonNull(codec.readValue(function));
                    values = new Object[invocable.arity()];
                    codec.readArguments(item.bytes(), item.offset(), item.length(), values);
                } finally {
                    codecs.giveBack(codec);
                }
                invocable.invoke(values);
            } catch (PayloadException unreadable) {
                throw new IllegalStateException(
                        "call cannot be read here: " + description + ": " + unreadable.getMessage(), unreadable);
            } catch (Throwable thrown) {
                throw Rethrow.unchecked(thrown);
            }
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
