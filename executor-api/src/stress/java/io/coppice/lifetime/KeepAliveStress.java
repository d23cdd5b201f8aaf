package io.coppice.lifetime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/**
 * The thread is there while there is work, and goes when there is none.
 *
 * <p>The thread lingers for 20 ms before each of its decisions, so many keepalives are started at once, and then met one
 * by one as their lingers end: the moment is seen from the questions whether there is work, which the thread asks, and some
 * of the answers reach it only when they are not true any more. A wait here that has no end shows as STALE.
 */
public final class KeepAliveStress {
    private static final int KEEP_ALIVES = 48;

    private KeepAliveStress() {}

    /** One keepalive, whether it has work, and what its thread was told of that. */
    private static final class Watched {
        private final KeepAlive keepAlive = new KeepAlive("keep-alive-stress", this::hasWork);
        private final int lateAnswer;
        private volatile boolean work;
        private volatile boolean met;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean toldOfWork;
        private volatile @Nullable Thread holder;

        /** @param lateAnswer which one reaches the thread late: the first, the second, or none */
        Watched(int lateAnswer) {
            this.lateAnswer = lateAnswer;
        }

        private boolean hasWork() {
            boolean answer = work;
            holder = Thread.currentThread();
            if (answer) toldOfWork = true;
            if (asked.incrementAndGet() == lateAnswer) awaitMet();
            return answer;
        }

        void begin() {
            work = true;
            keepAlive.hold();
        }

        void end() {
            work = false;
            keepAlive.idle();
        }

        /** Not for long: who meets it may need the lock that the thread asks under. */
        private void awaitMet() {
            try {
                for (int millis = 0; millis < 3 && !met; millis++) Thread.sleep(1);
            } catch (InterruptedException nobodyInterrupts) {
                throw new AssertionError(nobodyInterrupts);
            }
        }

        /** Does this as the thread decides. */
        void meet(Runnable act) {
            while (asked.get() < Math.max(1, lateAnswer)) Thread.onSpinWait();
            act.run();
            met = true;
        }

        /** A thread that has been told of work stays: it has not let go, or has been started for this work. */
        void awaitHolderThatStays() {
            while (!toldOfWork) Thread.onSpinWait();
        }

        void awaitNoHolder() {
            try {
                for (Thread thread = holder; ; thread = holder) {
                    if (thread != null) thread.join();
                    if (thread == holder) return;
                }
            } catch (InterruptedException nobodyInterrupts) {
                throw new AssertionError(nobodyInterrupts);
            }
        }
    }

    private static List<Watched> makeAll() {
        List<Watched> all = new ArrayList<>();
        for (int i = 0; i < KEEP_ALIVES; i++) all.add(new Watched(i % 3));
        return all;
    }

    @JCStressTest(Mode.Termination)
    @Description("Work begins as the thread, which has lingered, looks for work and goes")
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "A thread held on for the new work, and went after it.")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "There is work without a thread, or a thread without work.")
    @State
    public static class BeginAsTheThreadGoes {
        private final List<Watched> all = makeAll();

        @Actor
        public void beginWork() {
            for (Watched each : all) {
                each.begin();
                each.end();
            }
            for (Watched each : all) each.meet(each::begin);
            all.forEach(Watched::awaitHolderThatStays);
            all.forEach(Watched::end);
            all.forEach(Watched::awaitNoHolder);
        }

        @Signal
        public void signal() {
            // the keepalives' own threads are the other party
        }
    }

    @JCStressTest(Mode.Termination)
    @Description(
            "The last work ends as the thread, which has lingered, looks for work and goes on to wait without a limit")
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "The thread learnt of the end, and went.")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "The thread waits for the end of work that has ended.")
    @State
    public static class EndAsTheThreadStays {
        private final List<Watched> all = makeAll();

        @Actor
        public void endWork() {
            for (Watched each : all) {
                each.begin();
                each.end();
                each.begin(); // so the thread lingers with work
            }
            for (Watched each : all) each.meet(each::end);
            all.forEach(Watched::awaitNoHolder);
        }

        @Signal
        public void signal() {
            // the keepalives' own threads are the other party
        }
    }
}
