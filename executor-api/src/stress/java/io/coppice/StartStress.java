package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call is started, or it is cancelled: one of the two wins. */
public final class StartStress {
    private StartStress() {}

    @JCStressTest
    @Description("cancel() and setRunningOrNotifyCancel() at once")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The cancel came first, and the call must not run.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The start came first, and the call cannot be cancelled.")
    @State
    public static class CancelOrSetRunning {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void cancel(ZZ_Result r) {
            r.r1 = promise.cancel();
        }

        @Actor
        public void start(ZZ_Result r) {
            r.r2 = promise.setRunningOrNotifyCancel();
        }
    }

    @JCStressTest
    @Description("cancel() while the engine starts the call and ends it")
    @Outcome(id = "true, false, cancelled", expect = ACCEPTABLE, desc = "The cancel came first; nothing was run.")
    @Outcome(
            id = "false, true, returned",
            expect = ACCEPTABLE,
            desc = "The start came first; the cancel changed nothing.")
    @State
    public static class CancelOrWholeCall {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void cancel(ZZL_Result r) {
            r.r1 = promise.cancel();
        }

        @Actor
        public void run(ZZL_Result r) {
            r.r2 = promise.tryStart() && promise.endReturned(Seen.RESULT);
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }

    @JCStressTest
    @Description("Two threads cancel at once")
    @Outcome(id = "true, true, cancelled", expect = ACCEPTABLE, desc = "Both are told that the future is cancelled.")
    @State
    public static class TwoCancels {
        private final Promise<String> promise = new Promise<>();

        @Actor
        public void one(ZZL_Result r) {
            r.r1 = promise.cancel();
        }

        @Actor
        public void other(ZZL_Result r) {
            r.r2 = promise.cancel();
        }

        @Arbiter
        public void after(ZZL_Result r) {
            r.r3 = Seen.atRest(promise);
        }
    }
}
