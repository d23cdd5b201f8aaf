package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Taking one listener out loses no other, whoever adds, removes or tells meanwhile. */
public final class ListenersStress {
    private ListenersStress() {}

    private static final class Counting extends Listeners.Listener {
        private final AtomicInteger told = new AtomicInteger();

        @Override
        void tell() {
            told.incrementAndGet();
        }

        int told() {
            return told.get();
        }
    }

    private static Counting addedTo(Listeners listeners) {
        Counting listener = new Counting();
        listeners.add(listener);
        return listener;
    }

    private static void tell(Listeners listeners) {
        listeners.tell(Runnable::run);
    }

    @JCStressTest
    @Description("The top of the stack is removed while another is added on it; then all are told")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The two that stay are told once, the removed one is not.")
    @State
    public static class RemoveOrAdd {
        private final Listeners listeners = new Listeners();
        private final Counting below = addedTo(listeners);
        private final Counting removed = addedTo(listeners);
        private final Counting added = new Counting();

        @Actor
        public void remove() {
            listeners.remove(removed);
        }

        @Actor
        public void add() {
            listeners.add(added);
        }

        @Arbiter
        public void after(III_Result r) {
            tell(listeners);
            r.r1 = below.told();
            r.r2 = removed.told();
            r.r3 = added.told();
        }
    }

    @JCStressTest
    @Description("One is removed and another added, while all are told")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "It was removed before it could be told.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "It was told before it was removed.")
    @State
    public static class RemoveAndAddOrTell {
        private final Listeners listeners = new Listeners();
        private final Counting below = addedTo(listeners);
        private final Counting removed = addedTo(listeners);
        private final Counting added = new Counting();

        @Actor
        public void removeAndAdd() {
            listeners.remove(removed);
            listeners.add(added);
        }

        @Actor
        public void tellAll() {
            tell(listeners);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r1 = below.told();
            r.r2 = removed.told();
            r.r3 = added.told();
        }
    }

    @JCStressTest
    @Description("One is removed, while another is added and all are told")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "It was removed before it could be told.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "It was told before it was removed.")
    @State
    public static class RemoveOrAddAndTell {
        private final Listeners listeners = new Listeners();
        private final Counting below = addedTo(listeners);
        private final Counting removed = addedTo(listeners);
        private final Counting added = new Counting();

        @Actor
        public void remove() {
            listeners.remove(removed);
        }

        @Actor
        public void addAndTell() {
            listeners.add(added);
            tell(listeners);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r1 = below.told();
            r.r2 = removed.told();
            r.r3 = added.told();
        }
    }

    @JCStressTest
    @Description("Two neighbours in the middle of the stack are removed at once; then all are told")
    @Outcome(
            id = "2, 0",
            expect = ACCEPTABLE,
            desc = "Those above and below are told once each, the removed ones are not.")
    @State
    public static class RemoveNeighbours {
        private final Listeners listeners = new Listeners();
        private final Counting below = addedTo(listeners);
        private final Counting lower = addedTo(listeners);
        private final Counting upper = addedTo(listeners);
        private final Counting above = addedTo(listeners);

        @Actor
        public void removeLower() {
            listeners.remove(lower);
        }

        @Actor
        public void removeUpper() {
            listeners.remove(upper);
        }

        @Arbiter
        public void after(II_Result r) {
            tell(listeners);
            r.r1 = below.told() == 1 && above.told() == 1 ? 2 : -1;
            r.r2 = lower.told() + upper.told();
        }
    }

    @JCStressTest
    @Description(
            "Two at the top and below it are removed at once, with others between and under them; then all are told")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Those that stay are told once each, the removed ones are not.")
    @State
    public static class RemoveTopAndMiddle {
        private final Listeners listeners = new Listeners();
        private final Counting bottom = addedTo(listeners);
        private final Counting middle = addedTo(listeners);
        private final Counting between = addedTo(listeners);
        private final Counting top = addedTo(listeners);

        @Actor
        public void removeTop() {
            listeners.remove(top);
        }

        @Actor
        public void removeMiddle() {
            listeners.remove(middle);
        }

        @Arbiter
        public void after(II_Result r) {
            tell(listeners);
            r.r1 = bottom.told() == 1 && between.told() == 1 ? 2 : -1;
            r.r2 = top.told() + middle.told();
        }
    }
}
