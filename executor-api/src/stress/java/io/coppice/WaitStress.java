package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread that waits is woken by the end of the future, whenever it began to wait. Who ends the future stands first: the
 * harness also runs the actors one after the other.
 */
public final class WaitStress {
    private static final long SHORT_NANOS = 2_000; // about as long as it takes the other thread to end the future

    private WaitStress() {}

    @JCStressTest
    @Description("One thread waits without a limit, another sets the result")
    @Outcome(id = "returned", expect = ACCEPTABLE, desc = "It gets the result.")
    @Outcome(id = Seen.NEVER_WOKEN, expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class WaitForResult {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void end() {
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void await(L_Result r) {
            r.r1 = Seen.waited(promise);
        }
    }

    @JCStressTest
    @Description("One thread waits without a limit, another cancels")
    @Outcome(id = "cancelled", expect = ACCEPTABLE, desc = "It is told that the future was cancelled.")
    @Outcome(id = Seen.NEVER_WOKEN, expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class WaitForCancel {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void cancel() {
            promise.cancel();
        }

        @Actor
        public void await(L_Result r) {
            r.r1 = Seen.waited(promise);
        }
    }

    @JCStressTest
    @Description("A wait with a limit that is over about when the future ends, and then one without")
    @Outcome(id = "returned, returned", expect = ACCEPTABLE, desc = "The future ended in time.")
    @Outcome(id = "late, returned", expect = ACCEPTABLE, desc = "The time was over first; the next wait saw the end.")
    @Outcome(id = "open, .*", expect = FORBIDDEN, desc = "The wait said that the future was done, and it was not.")
    @State
    public static class ShortWaitThenLong {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void end() {
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void await(LL_Result r) {
            r.r1 = shortly(promise);
            r.r2 = Seen.waited(promise);
        }
    }

    @JCStressTest
    @Description("One waiter gives up while another begins to wait; both stand in one stack")
    @Outcome(id = "late, returned", expect = ACCEPTABLE, desc = "The one gave up, the other was woken.")
    @State
    public static class GiveUpBesideAWaiter {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void giveUpAndEnd(LL_Result r) {
            r.r1 = shortly(promise);
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void await(LL_Result r) {
            r.r2 = Seen.waited(promise);
        }
    }

    private static String shortly(Promise<?> promise) {
        try {
            return promise.await(SHORT_NANOS) ? Seen.in(promise.snapshot()) : "late";
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }
}
