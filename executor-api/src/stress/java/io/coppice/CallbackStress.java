package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** A callback that is added while the future ends is called once. */
public final class CallbackStress {
    private CallbackStress() {}

    @JCStressTest
    @Description("addDoneCallback and setResult at once; the callback reads what was written before the end")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Called once, and it saw what was written before the end.")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "Never called.")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "Called by both threads.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "Called before what was written before the end.")
    @State
    public static class AddOrResult {
        private final Promise<String> promise = new Promise<>();
        private final AtomicInteger calls = new AtomicInteger();
        private int plain;
        private int seen;

        @Actor
        public void end() {
            plain = 1;
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void add() {
            promise.addDoneCallback(done -> {
                calls.incrementAndGet();
                seen = plain;
            });
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = calls.get();
            r.r2 = seen;
        }
    }

    @JCStressTest
    @Description("addDoneCallback and cancel() at once")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Called once.")
    @State
    public static class AddOrCancel {
        private final Promise<String> promise = new Promise<>();
        private final AtomicInteger calls = new AtomicInteger();

        @Actor
        public void cancel() {
            promise.cancel();
        }

        @Actor
        public void add() {
            promise.addDoneCallback(done -> calls.incrementAndGet());
        }

        @Arbiter
        public void after(I_Result r) {
            r.r1 = calls.get();
        }
    }

    @JCStressTest
    @Description("Two threads add a callback each, then the future ends")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each was called once.")
    @State
    public static class TwoAdd {
        private final Promise<String> promise = new Promise<>();
        private final AtomicInteger callsOfOne = new AtomicInteger();
        private final AtomicInteger callsOfOther = new AtomicInteger();

        @Actor
        public void addOne() {
            promise.addDoneCallback(done -> callsOfOne.incrementAndGet());
        }

        @Actor
        public void addOther() {
            promise.addDoneCallback(done -> callsOfOther.incrementAndGet());
        }

        @Arbiter
        public void after(II_Result r) {
            promise.setResult(Seen.RESULT);
            r.r1 = callsOfOne.get();
            r.r2 = callsOfOther.get();
        }
    }

    @JCStressTest
    @Description("One thread adds two callbacks while the future ends")
    @Outcome(
            id = "first second in one thread",
            expect = ACCEPTABLE,
            desc = "Both were added before the end, or both after it: in the order added.")
    @Outcome(
            id = "first second in two threads",
            expect = ACCEPTABLE,
            desc = "The end came between the two, and who ended the future was quicker.")
    @Outcome(
            id = "second first in two threads",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The end came between the two: the second was called at once, in the thread that added it.")
    @Outcome(
            id = "second first in one thread",
            expect = FORBIDDEN,
            desc = "Both were added before the end, and called out of order.")
    @State
    public static class TwoFromOneThread {
        private record Call(String callback, Thread thread) {}

        private final Promise<String> promise = new Promise<>();
        private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

        @Actor
        public void end() {
            promise.setResult(Seen.RESULT);
        }

        @Actor
        public void add() {
            promise.addDoneCallback(done -> calls.add(new Call("first", Thread.currentThread())));
            promise.addDoneCallback(done -> calls.add(new Call("second", Thread.currentThread())));
        }

        @Arbiter
        public void after(L_Result r) {
            long threads = calls.stream().map(Call::thread).distinct().count();
            r.r1 = calls.stream().map(Call::callback).collect(Collectors.joining(" "))
                    + (threads == 1 ? " in one thread" : " in two threads");
        }
    }
}
