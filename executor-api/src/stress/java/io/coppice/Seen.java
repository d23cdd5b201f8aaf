package io.coppice;

import java.util.concurrent.CancellationException;

/** What a reader sees of a promise that ends with {@link #RESULT}, with {@link #FAILURE}, or cancelled; in one word. */
final class Seen {
    static final String RESULT = new String("the result"); // an object of its own

    @SuppressWarnings("StaticAssignmentOfThrowable") // one that all tests know; nobody looks at its stack trace
    static final Exception FAILURE = new Exception("the failure");

    static final String NOT_DONE = "open";
    static final String RETURNED = "returned";
    static final String THREW = "threw";
    static final String CANCELLED = "cancelled";
    static final String NEVER_WOKEN = "never woken";
    private static final String TORN = "torn"; // facts that do not belong together

    private Seen() {}

    static String in(Future.Snapshot<?> snapshot) {
        Object result = snapshot.result();
        Throwable exception = snapshot.exception();
        if (!snapshot.done()) return !snapshot.cancelled() && result == null && exception == null ? NOT_DONE : TORN;
        if (snapshot.cancelled()) return result == null && exception == null ? CANCELLED : TORN;
        if (result == RESULT && exception == null) return RETURNED;
        return result == null && exception == FAILURE ? THREW : TORN;
    }

    /** Asked in every way, when nobody changes it any more. */
    static String atRest(Promise<?> promise) {
        String seen = in(promise.snapshot());
        boolean agree = promise.isDone() == !seen.equals(NOT_DONE)
                && promise.isCancelled() == seen.equals(CANCELLED)
                && (!promise.isDone()
                        || (!promise.isRunning() && waited(promise).equals(seen)));
        return agree ? seen : TORN;
    }

    /** What a wait for its end gives. */
    static String waited(Promise<?> promise) {
        Watchdog.Wait wait = Watchdog.begin();
        try {
            return promise.result() == RESULT ? RETURNED : TORN;
        } catch (InterruptedException lost) {
            return NEVER_WOKEN;
        } catch (CancellationException cancelled) {
            return CANCELLED;
        } catch (Exception failure) {
            return failure == FAILURE ? THREW : TORN;
        } finally {
            Watchdog.end(wait);
        }
    }
}
