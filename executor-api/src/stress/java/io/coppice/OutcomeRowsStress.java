package io.coppice;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.pool.Fault;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread that waits for an item of a map is woken by the row that has it, or by the end of the pool, whenever it
 * began to wait, and never takes an item that came for one that never will. Who answers stands first: the harness also
 * runs the actors one after the other.
 */
public final class OutcomeRowsStress {
    private static final Items ONE = new Items(1, Payload.of(new byte[5]));
    private static final String ROW = "row";
    private static final String CANCELLED = "cancelled";
    private static final String BROKEN = "broken";

    private OutcomeRowsStress() {}

    /** What an item that is waited for turns out to be. */
    private static String taken(OutcomeRows rows, int item) {
        Watchdog.Wait wait = Watchdog.begin();
        try {
            if (!rows.await(item, Long.MAX_VALUE)) return Seen.NEVER_WOKEN;
            OutcomeRows.Row row = rows.take(item);
            if (row == null) return BROKEN;
            if (row.first != item) return "another";
            return row.outcomes == null ? CANCELLED : ROW;
        } catch (InterruptedException lost) {
            return Seen.NEVER_WOKEN;
        } finally {
            Watchdog.end(wait);
        }
    }

    private static OutcomeRows rows() {
        return new OutcomeRows(OutcomeRowsStress.class);
    }

    @JCStressTest
    @Description("One thread waits for an item, another answers it")
    @Outcome(id = ROW, expect = ACCEPTABLE, desc = "It gets the row.")
    @Outcome(id = Seen.NEVER_WOKEN, expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class AwaitAnswer {
        private final OutcomeRows rows = rows();

        @Actor
        public void answer() {
            rows.answer(0, ONE, item -> "");
        }

        @Actor
        public void await(L_Result r) {
            r.r1 = taken(rows, 0);
        }
    }

    @JCStressTest
    @Description("One thread waits for two items, which another answers in the other order")
    @Outcome(id = ROW + ", " + ROW, expect = ACCEPTABLE, desc = "It gets both rows.")
    @Outcome(id = ".*" + Seen.NEVER_WOKEN + ".*", expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class AwaitTwoOutOfOrder {
        private final OutcomeRows rows = rows();

        @Actor
        public void answer() {
            rows.answer(1, ONE, item -> "");
            rows.answer(0, ONE, item -> "");
        }

        @Actor
        public void await(LL_Result r) {
            r.r1 = taken(rows, 0);
            r.r2 = taken(rows, 1);
        }
    }

    @JCStressTest
    @Description("One thread waits for an item, another cancels it and the one before")
    @Outcome(id = ROW + ", " + CANCELLED, expect = ACCEPTABLE, desc = "It is told.")
    @Outcome(id = ".*" + Seen.NEVER_WOKEN + ".*", expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class AwaitCancelled {
        private final OutcomeRows rows = rows();

        @Actor
        public void cancel() {
            rows.answer(0, ONE, item -> "");
            rows.cancelled(1, 1);
        }

        @Actor
        public void await(LL_Result r) {
            r.r1 = taken(rows, 0);
            r.r2 = taken(rows, 1);
        }
    }

    @JCStressTest
    @Description("One thread waits for two items while one is answered and the pool breaks")
    @Outcome(id = ROW + ", " + BROKEN, expect = ACCEPTABLE, desc = "What was answered is given, the other never came.")
    @Outcome(id = BROKEN + ".*", expect = FORBIDDEN, desc = "An item that was answered before the pool broke is lost.")
    @Outcome(id = ".*" + Seen.NEVER_WOKEN + ".*", expect = FORBIDDEN, desc = "It would have waited for ever.")
    @State
    public static class AwaitBroken {
        private final OutcomeRows rows = rows();

        @Actor
        public void end() {
            rows.answer(0, ONE, item -> "");
            rows.broken(() -> "", Fault.UNKNOWN);
        }

        @Actor
        public void await(LL_Result r) {
            r.r1 = taken(rows, 0);
            r.r2 = taken(rows, 1);
        }
    }
}
