package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Of two who end a future one wins; afterwards whoever asks, and however, gets the winner's end. */
public final class EndStress {
    private EndStress() {}

    /** Whether this end was taken. */
    private static boolean ends(Runnable end) {
        try {
            end.run();
            return true;
        } catch (InvalidStateException other) {
            return false;
        }
    }

    @JCStressTest
    @Description("setResult and setException at once")
    @Outcome(id = "true, false, returned", expect = ACCEPTABLE, desc = "The result came first.")
    @Outcome(id = "false, true, threw", expect = ACCEPTABLE, desc = "The exception came first.")
    @State
    public static class ResultOrException {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void setResult(ZZL_Result r) {
            r.r1 = ends(() -> promise.setResult(Seen.RESULT));
        }

        @Actor
        public void setException(ZZL_Result r) {
            r.r2 = ends(() -> promise.setException(Seen.FAILURE));
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }

    @JCStressTest
    @Description("setResult and setException at once, of a call that runs")
    @Outcome(id = "true, false, returned", expect = ACCEPTABLE, desc = "The result came first.")
    @Outcome(id = "false, true, threw", expect = ACCEPTABLE, desc = "The exception came first.")
    @State
    public static class ResultOrExceptionOfARunningCall {
        private final Promise<String> promise = new Promise<>();

        public ResultOrExceptionOfARunningCall() {
            promise.tryStart();
        }

        @Actor
        public void setResult(ZZL_Result r) {
            r.r1 = promise.endReturned(Seen.RESULT);
        }

        @Actor
        public void setException(ZZL_Result r) {
            r.r2 = promise.endThrown(Seen.FAILURE);
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }

    @JCStressTest
    @Description("setResult and cancel() at once")
    @Outcome(id = "true, false, returned", expect = ACCEPTABLE, desc = "The result came first.")
    @Outcome(id = "false, true, cancelled", expect = ACCEPTABLE, desc = "The cancel came first.")
    @State
    public static class ResultOrCancel {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void setResult(ZZL_Result r) {
            r.r1 = ends(() -> promise.setResult(Seen.RESULT));
        }

        @Actor
        public void cancel(ZZL_Result r) {
            r.r2 = promise.cancel();
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }

    @JCStressTest
    @Description("setException and cancel() at once")
    @Outcome(id = "true, false, threw", expect = ACCEPTABLE, desc = "The exception came first.")
    @Outcome(id = "false, true, cancelled", expect = ACCEPTABLE, desc = "The cancel came first.")
    @State
    public static class ExceptionOrCancel {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void setException(ZZL_Result r) {
            r.r1 = ends(() -> promise.setException(Seen.FAILURE));
        }

        @Actor
        public void cancel(ZZL_Result r) {
            r.r2 = promise.cancel();
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }

    @JCStressTest
    @Description("A call that runs ends while it is abandoned")
    @Outcome(id = "true, false, returned", expect = ACCEPTABLE, desc = "The result came first.")
    @Outcome(
            id = "false, true, cancelled",
            expect = ACCEPTABLE,
            desc = "It was abandoned first; the result is dropped.")
    @State
    public static class ResultOrAbandon {
        private final Promise<String> promise = new Promise<>() {
            @Override
            void cancelled(boolean whileRunning) {
                abandoned = whileRunning;
            }
        };
        private boolean abandoned;

        public ResultOrAbandon() {
            promise.tryStart();
        }

        @Actor
        public void setResult(ZZL_Result r) {
            r.r1 = promise.endReturned(Seen.RESULT);
        }

        @Actor
        public void abandon(ZZL_Result r) {
            promise.abandon();
            r.r2 = abandoned;
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }
}
