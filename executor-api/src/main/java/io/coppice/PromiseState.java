package io.coppice;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the one reference of a {@link Promise} may be: null (pending), one of these, an Unread, or the result itself. */
final class PromiseState {
    static final Object RUNNING = new Object();
    static final Object CANCELLED = new Object();
    static final Object NOTIFIED = new Object();
    static final Object NULL_RESULT = new Object();

    /** Ended with an exception. */
    record Failed(Throwable exception) {}

    private PromiseState() {}

    static boolean isDone(@Nullable Object state) {
        return state != null && state != RUNNING;
    }

    static boolean isCancelled(@Nullable Object state) {
        return state == CANCELLED || state == NOTIFIED;
    }

    // ---- what one that has ended means to those who ask; never an Unread ----

    @SuppressWarnings({"unchecked", "NullAway"}) // only T was ever put in, and null only where T allows it
    static <T extends @Nullable Object> T result(@Nullable Object ended) throws Exception {
        if (ended instanceof Failed failed) throw Rethrow.asThrown(failed.exception);
        if (isCancelled(ended)) throw cancelled();
        return (T) (ended == NULL_RESULT ? null : ended);
    }

    static <T extends @Nullable Object> T resultOrExecutionException(@Nullable Object ended) throws ExecutionException {
        if (ended instanceof Failed failed) throw new ExecutionException(failed.exception);
        try {
            return result(ended);
        } catch (RuntimeException cancelled) {
            throw cancelled;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    static @Nullable Throwable exception(@Nullable Object ended) {
        if (isCancelled(ended)) throw cancelled();
        return ended instanceof Failed failed ? failed.exception : null;
    }

    private static CancellationException cancelled() {
        return new CancellationException("future was cancelled");
    }

    @SuppressWarnings("unchecked") // only T was ever put in
    static <T extends @Nullable Object> Future.Snapshot<T> snapshot(@Nullable Object state) {
        if (!isDone(state)) return new Future.Snapshot<>(false, false, null, null);
        if (isCancelled(state)) return new Future.Snapshot<>(true, true, null, null);
        if (state instanceof Failed failed) return new Future.Snapshot<>(true, false, null, failed.exception);
        return new Future.Snapshot<>(true, false, state == NULL_RESULT ? null : (T) state, null);
    }

    // ---- in words ----

    static String name(@Nullable Object state) {
        if (state == null) return "PENDING";
        if (state == RUNNING) return "RUNNING";
        return isCancelled(state) ? "CANCELLED" : "FINISHED";
    }

    /** As Python says it: {@code running}, {@code finished returned Integer}. */
    static String describe(@Nullable Object state) {
        String end = "";
        if (state instanceof Failed failed)
            end = " raised " + failed.exception.getClass().getSimpleName();
        else if (state == NULL_RESULT) end = " returned null";
        else if (isDone(state) && !isCancelled(state) && !(state instanceof Promise.Unread))
            end = " returned " + Objects.requireNonNull(state).getClass().getSimpleName();
        return name(state).toLowerCase(Locale.ROOT) + end;
    }
}
