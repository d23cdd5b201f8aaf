package io.coppice.pool;

import io.coppice.launch.Death;
import io.coppice.wire.FlightRecord;
import io.coppice.wire.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settles what a dead worker was handed, where the pool goes on:
 *
 * <pre>
 *   had ended, and was sent or stands in the flight record    has its outcome
 *   had begun                                                 is lost, or run again, as the policy says
 *   had not begun                                             waits again, before all else
 * </pre>
 *
 * Each is one of the three, and one only: turns are begun and ended in order, and a turn was begun if it is not behind
 * the one that the record names. A worker leaves no record until it is sent its second call: then the first it has not
 * answered is taken for begun. Dispatcher thread only.
 */
final class Aftermath {
    private static final String GOES_ON = "; no other call was lost, and the pool goes on";

    private final DeathPolicy policy;
    private final WorkerOwner owner;

    Aftermath(DeathPolicy policy, WorkerOwner owner) {
        this.policy = policy;
        this.owner = owner;
    }

    /** What it had ended has its outcome. @return its record, if it has left one */
    @Nullable
    FlightRecord takeEnded(Worker worker) {
        FlightRecord record = worker.child.flightRecord();
        if (record != null) worker.answers.takeRecorded(record.ended());
        return record;
    }

    /** The rest, where the pool goes on. */
    void settle(Worker worker, Death death, @Nullable FlightRecord record) {
        List<Batch> batches = worker.takeHanded();
        if (batches.isEmpty()) return;
        long begun = record != null ? record.begun() : batches.get(0).nextTurn();
        for (int i = batches.size() - 1; i >= 0; i--) {
            settle(batches.get(i), begun, worker, death);
            owner.batchGone(batches.get(i));
        }
    }

    /** What is given back comes before what waits: so the last of it goes first. */
    private void settle(Batch batch, long begun, Worker worker, Death death) {
        long started = Math.max(0, Math.min(batch.unanswered(), begun - batch.nextTurn() + 1));
        if (!batch.hasArguments()) started = batch.unanswered(); // it could not be begun again
        int rest = batch.answered() + (int) started;
        List<Work> back = new ArrayList<>();
        if (rest < batch.itemCount()) {
            batch.giveBack(rest, back::add);
            giveBack(back);
        }
        back.clear();
        while (!batch.isEnded()) {
            Loss loss = lossOfNext(batch, worker, death);
            if (loss == null) back.add(batch.again());
            else batch.lose(loss);
        }
        giveBack(back);
    }

    private void giveBack(List<Work> inOrder) {
        for (int i = inOrder.size() - 1; i >= 0; i--) owner.gaveBack(inOrder.get(i));
    }

    /** Null: it is run again. */
    private @Nullable Loss lossOfNext(Batch batch, Worker worker, Death death) {
        Supplier<String> call = batch.descriptionOfNext();
        Stopwatch stopwatch = worker.stopwatch;
        if (stopwatch.isSentenced() && stopwatch.isBecauseOf(batch.nextTurn()))
            return overTime(call, batch.function.limit, worker, stopwatch.stack());
        int died = policy.replaces() ? batch.died() : 1;
        if (died <= policy.retries()) return null;
        String tries = died > 1 ? ", runs=" + died : "";
        return new Loss(
                Loss.Kind.WORKER_DIED,
                () -> death.describe(call.get()) + tries + GOES_ON,
                new Fault(death.cause(), death, call.get()),
                List.of(),
                null);
    }

    private static Loss overTime(
            Supplier<String> call, @Nullable TimeLimit limit, Worker worker, List<StackTraceElement> stack) {
        String facts = facts(limit) + worker.describe();
        return new Loss(
                Loss.Kind.TIMED_OUT,
                () ->
                        "call took longer than it may and had not ended when the grace after its interrupt was over, so its worker was killed: "
                                + call.get() + facts + GOES_ON,
                Fault.UNKNOWN,
                stack,
                null);
    }

    /** A call that was over its time and has ended then, with a failure. */
    static Loss interrupted(Batch batch, Worker worker, Items outcome) {
        Supplier<String> call = batch.descriptionOfNext();
        String facts = facts(batch.function.limit) + worker.describe();
        return new Loss(
                Loss.Kind.TIMED_OUT,
                () -> "call took longer than it may and was interrupted: " + call.get() + facts,
                Fault.UNKNOWN,
                List.of(),
                outcome);
    }

    private static String facts(@Nullable TimeLimit limit) {
        if (limit == null) return ", "; // cancelled: nobody will read this
        return ", limitMillis=" + limit.nanos() / 1_000_000 + ", graceMillis=" + limit.graceNanos() / 1_000_000 + ", ";
    }
}
