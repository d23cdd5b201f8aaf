package io.coppice;

import io.coppice.pool.Loss;
import io.coppice.wire.Items;
import io.coppice.wire.payload.CodecPool;
import java.util.concurrent.TimeoutException;

/** What a {@link Loss} of the engine's means to whoever asks for the call's result: an exception, made when asked for. */
final class Losses {
    private Losses() {}

    static Promise.Unread of(Loss loss, CodecPool codecs) {
        return () -> {
            throw exception(loss, codecs);
        };
    }

    private static Throwable exception(Loss loss, CodecPool codecs) {
        String message = loss.message().get();
        if (loss.kind() == Loss.Kind.WORKER_DIED) return BrokenProcessPool.ofOne(message, loss.fault());
        TimeoutException late = new TimeoutException(message);
        StackTraceElement[] stack = loss.stack().toArray(StackTraceElement[]::new);
        Items outcome = loss.outcome();
        if (stack.length > 0) late.initCause(new RemoteTraceback("was running here in its worker", stack));
        else if (outcome != null) late.initCause(thrown(outcome, codecs));
        return late;
    }

    private static Throwable thrown(Items outcome, CodecPool codecs) {
        Items.Cursor only = outcome.cursor();
        only.next();
        String origin = "call that was interrupted";
        try {
            new RemoteOutcome(codecs, only.outcomeKind(), only.outcomePayload(), origin).read();
            return new IllegalStateException("it has returned");
        } catch (Throwable thrown) {
            return thrown;
        }
    }
}
