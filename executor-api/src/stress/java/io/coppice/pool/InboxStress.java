package io.coppice.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A call that comes as the dispatcher's thread ends is ended once, by the thread or by its submitter. */
public final class InboxStress {
    private static final PoolFunction FUNCTION =
            PoolFunction.open(Payload.of(new byte[0]), () -> "function", InboxStress.class, 0, new Pace(), null);
    private static final Breakage BREAKAGE = new Breakage("the pool broke", new IllegalStateException("for the test"));

    private InboxStress() {}

    /** Counts how often its call was ended, by way. */
    private static final class Ends implements CallSink {
        private final Call call = new Call(FUNCTION, new byte[0], this);
        private final AtomicInteger cancelled = new AtomicInteger();
        private final AtomicInteger broken = new AtomicInteger();

        @Override
        public boolean start() {
            throw new AssertionError("nobody starts it");
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void handedBack() {
            throw new AssertionError("nobody had it");
        }

        @Override
        public void answer(Items.Cursor outcome, Origin origin) {
            throw new AssertionError("nobody answers it");
        }

        @Override
        public void lost(Loss loss) {
            throw new AssertionError("no worker had it");
        }

        @Override
        public void broken(Supplier<String> message, Fault fault) {
            broken.incrementAndGet();
        }

        @Override
        public void cancelByPool() {
            cancelled.incrementAndGet();
        }
    }

    /** As {@link Dispatcher#submit}. */
    private static void submit(Inbox inbox, Call call) {
        inbox.add(call);
        if (inbox.isEnded()) inbox.endLateCalls();
    }

    /** As the thread's last acts in {@link DispatcherLoop#run}. */
    private static void end(Inbox inbox) {
        inbox.setEnded();
        inbox.endLateCalls();
    }

    @JCStressTest
    @Description("A call is submitted while the thread ends")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It was cancelled, once.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "It lies in the inbox for ever.")
    @Outcome(id = "2, 0", expect = FORBIDDEN, desc = "It was ended twice.")
    @State
    public static class SubmitOrEnd {
        private final Inbox inbox = new Inbox();
        private final Ends ends = new Ends();

        @Actor
        public void submitter() {
            submit(inbox, ends.call);
        }

        @Actor
        public void dispatcher() {
            end(inbox);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = ends.cancelled.get();
            r.r2 = ends.broken.get();
        }
    }

    @JCStressTest
    @Description("A call is submitted while the pool breaks and the thread takes in what there is and ends")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It was told of the breakage, once.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "It was cancelled as if nothing had broken.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "It lies in the inbox for ever.")
    @State
    public static class SubmitOrBreak {
        private final Inbox inbox = new Inbox();
        private final Ends ends = new Ends();

        @Actor
        public void submitter() {
            submit(inbox, ends.call);
        }

        @Actor
        public void dispatcher() {
            inbox.setBreakage(BREAKAGE);
            inbox.takeAll(() -> {}, BREAKAGE::endPending);
            end(inbox);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = ends.cancelled.get();
            r.r2 = ends.broken.get();
        }
    }

    @JCStressTest
    @Description("Two calls are submitted after the end")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each was ended once, by one submitter or the other.")
    @State
    public static class TwoAfterTheEnd {
        private final Inbox inbox = new Inbox();
        private final Ends ends = new Ends();
        private final Ends others = new Ends();

        public TwoAfterTheEnd() {
            end(inbox);
        }

        @Actor
        public void submitter() {
            submit(inbox, ends.call);
        }

        @Actor
        public void otherSubmitter() {
            submit(inbox, others.call);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = ends.cancelled.get();
            r.r2 = others.cancelled.get();
        }
    }

    @JCStressTest
    @Description("The pool breaks in two threads at once")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The one breakage stands, and both see it.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The other one stands, and both see it.")
    @State
    public static class TwoBreakages {
        private static final Breakage OTHER = new Breakage("it broke again", new IllegalStateException("for the test"));

        private final Inbox inbox = new Inbox();

        @Actor
        public void breakOne(ZZ_Result r) {
            inbox.setBreakage(BREAKAGE);
            r.r1 = inbox.breakage() == BREAKAGE;
        }

        @Actor
        public void breakOther(ZZ_Result r) {
            inbox.setBreakage(OTHER);
            r.r2 = inbox.breakage() == OTHER;
        }
    }
}
