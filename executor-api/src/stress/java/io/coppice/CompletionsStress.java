package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What wait and asCompleted stand on: a future that ends while it is registered is delivered once. */
public final class CompletionsStress {
    private CompletionsStress() {}

    /** Null also if it would have waited for ever. */
    private static @Nullable Future<String> next(Completions<String> completions, long nanos) {
        Watchdog.Wait wait = Watchdog.begin();
        try {
            return completions.next(nanos);
        } catch (InterruptedException lost) {
            return null;
        } finally {
            Watchdog.end(wait);
        }
    }

    /** How many are there; -1 if one is another. */
    private static int delivered(Completions<String> completions, Promise<String> expected) {
        int count = 0;
        for (Future<String> next = next(completions, 0); next != null; next = next(completions, 0)) {
            if (next != expected) return -1;
            count++;
        }
        return count;
    }

    @JCStressTest
    @Description("A future is registered while it ends")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "It is delivered once.")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "It is never delivered.")
    @Outcome(id = "2", expect = FORBIDDEN, desc = "It is delivered twice.")
    @State
    public static class RegisterOrEnd {
        private final Promise<String> promise = new Promise<>();
        private final Completions<String> completions = new Completions<>();

        @Actor
        public void end() {
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void register() {
            completions.register(promise);
        }

        @Arbiter
        public void after(I_Result r) {
            r.r1 = delivered(completions, promise);
        }
    }

    @JCStressTest
    @Description("A future is registered and waited for without a limit, while it ends")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The wait gives it, and there is no other.")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "The wait would have lasted for ever.")
    @State
    public static class RegisterAndWait {
        private final Promise<String> promise = new Promise<>();
        private final Completions<String> completions = new Completions<>();

        @Actor
        public void end() {
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void await(II_Result r) {
            completions.register(promise);
            r.r1 = next(completions, Long.MAX_VALUE) == promise ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result r) {
            r.r2 = delivered(completions, promise);
        }
    }

    @JCStressTest
    @Description("A registration is closed while the future ends, with another one beside it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It was closed before the end.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The end came before it was closed.")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "Closing one has lost the other.")
    @State
    public static class CloseOrEnd {
        private final Promise<String> promise = new Promise<>();
        private final Completions<String> kept = new Completions<>();
        private final Completions<String> closed = new Completions<>();

        public CloseOrEnd() {
            kept.register(promise);
            closed.register(promise);
        }

        @Actor
        public void end() {
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void close() {
            closed.close();
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = delivered(closed, promise);
            r.r2 = delivered(kept, promise);
        }
    }

    @JCStressTest
    @Description("Futures.wait for two futures that end meanwhile")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "It waits until both have ended.")
    @Outcome(id = "-1, 0", expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class WaitForTwo {
        private final Promise<String> one = new Promise<>();
        private final Promise<String> other = new Promise<>();

        @Actor
        public void end() {
            one.setResult(Seen.RESULT);
            other.cancel();
        }

        @Actor
        public void await(II_Result r) {
            Watchdog.Wait wait = Watchdog.begin();
            try {
                DoneAndNotDone<String> ended = Futures.wait(List.of(one, other));
                r.r1 = ended.done().size();
                r.r2 = ended.notDone().size();
            } catch (InterruptedException lost) {
                r.r1 = -1;
            } finally {
                Watchdog.end(wait);
            }
        }
    }
}
