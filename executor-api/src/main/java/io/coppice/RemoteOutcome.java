package io.coppice;

import io.coppice.pool.Fault;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one item ended in a worker, as the bytes it sent: turned into a value or a failure by whoever asks first.
 *
 * @param origin which worker and call, where the outcome is a failure; else null
 */
record RemoteOutcome(
        CodecPool codecs,
        OutcomeKind kind,
        Payload payload,
        @Nullable String origin) implements Promise.Unread {
    /** Causes may form a cycle, or never end. */
    private static final int MAX_CAUSES = 100;

    /** The outcome of a call whose pool broke: the exception, one for each, is made when somebody asks. */
    static Promise.Unread neverCame(Supplier<String> message, Fault fault) {
        return () -> {
            throw BrokenProcessPool.ofAll(message.get(), fault);
        };
    }

    /** What an initializer failed with, from the one item that tells how it ended. */
    static Throwable initializerFailure(CodecPool codecs, Items outcome, String origin) {
        Items.Cursor only = outcome.cursor();
        only.next();
        try {
            new RemoteOutcome(codecs, only.outcomeKind(), only.outcomePayload(), "initializer, " + origin).read();
            return new IllegalStateException("initializer failed for an unknown reason");
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** The result; or throws what the call threw, or why it could not be run or its result not be sent. */
    @Override
    public @Nullable Object read() throws Throwable {
        Object value;
        try {
            value = codecs.read(payload);
        } catch (PayloadException unreadable) {
            throw unreadable(unreadable, origin);
        }
        if (kind == OutcomeKind.RETURNED) return value;

        Throwable thrown = value instanceof Throwable t ? t : new IllegalStateException("no throwable: " + value);
        switch (kind) {
            case THREW -> {
                try {
                    attachTraceback(thrown);
                } catch (Throwable itsMethodsThrow) {
                    // then it goes without
                }
                throw thrown;
            }
            case UNREADABLE_CALL ->
                throw because(
                        new InvalidObjectException(
                                "call cannot be read in the worker: " + thrown.getMessage() + ", " + origin),
                        thrown.getCause());
            case UNSENDABLE_RESULT ->
                throw because(
                        new NotSerializableException(
                                "result of a call cannot be sent back: " + thrown.getMessage() + ", " + origin),
                        thrown.getCause());
            case RETURNED -> throw new AssertionError();
        }
        throw new AssertionError();
    }

    static InvalidObjectException unreadable(PayloadException unreadable, @Nullable String origin) {
        return because(
                new InvalidObjectException("result of a call cannot be read here: " + unreadable.getMessage()
                        + (origin == null ? "" : ", " + origin)),
                unreadable.getCause());
    }

    private static <E extends Exception> E because(E exception, @Nullable Throwable cause) {
        if (cause != null) exception.initCause(cause);
        return exception;
    }

    /** Puts where it was thrown at the end of its chain of causes, or beside it where that end is fixed. */
    private void attachTraceback(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        RemoteTraceback traceback =
                new RemoteTraceback("thrown in a worker: " + origin, trace == null ? new StackTraceElement[0] : trace);
        Throwable last = thrown;
        for (int level = 0; level < MAX_CAUSES && last.getCause() != null; level++) last = last.getCause();
        try {
            last.initCause(traceback);
        } catch (IllegalStateException | IllegalArgumentException hasACause) { // of null, or one beyond the limit
            thrown.addSuppressed(traceback);
        }
    }
}
