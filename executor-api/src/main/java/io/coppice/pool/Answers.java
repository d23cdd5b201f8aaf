package io.coppice.pool;

import io.coppice.wire.FlightRecord;
import io.coppice.wire.Frame;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import java.util.List;

/**
 * What a worker has ended and what it gives back, whether it says so itself or its flight record does: each goes to its
 * call, in the order of turns. Dispatcher thread only.
 */
final class Answers {
    private final Worker worker;
    private final WorkerOwner owner;
    private final Handed handed;
    private long count; // of items

    Answers(Worker worker, WorkerOwner owner) {
        this.worker = worker;
        this.owner = owner;
        handed = worker.handed;
    }

    /** How many items it has answered so far. */
    long count() {
        return count;
    }

    /** One that nothing is due for ends the connection. */
    void take(Frame.Answer answer) {
        int answered = answer.outcomes().count();
        Batch batch = handed.due(answer.turn(), answered);
        if (batch == null) {
            worker.connection.breakOff(answer, handed.describe() + ", outcomes=" + answered);
            return;
        }
        count += answered;
        batch.function.pace.measured(answered, answer.runNanos());
        if (worker.stopwatch.wereHurried(answer.turn(), answered)) oneByOne(batch, answer.outcomes());
        else batch.answer(answer.outcomes(), worker.name());
        owner.answered();
        boolean batchEnded = handed.answered(batch, answered);
        worker.interrupts.handedChanged();
        if (!batchEnded) return;
        worker.hasLess();
        owner.batchEnded(worker, batch);
    }

    /** One of them was over its time: if it has failed then, that is why. */
    private void oneByOne(Batch batch, Items outcomes) {
        for (Items.Cursor outcome = outcomes.cursor(); outcome.next(); ) {
            Items one = outcome.item();
            boolean failed = outcome.outcomeKind() != OutcomeKind.RETURNED;
            if (failed && worker.stopwatch.wereHurried(batch.nextTurn(), 1))
                batch.lose(Aftermath.interrupted(batch, worker, one));
            else batch.answer(one, worker.name());
        }
    }

    /** What it has ended and not sent, as its flight record has it. It is gone. */
    void takeRecorded(List<FlightRecord.Ended> ended) {
        for (FlightRecord.Ended one : ended) {
            Batch batch = handed.due(one.turn(), 1);
            if (batch == null) continue; // it was sent
            count++;
            oneByOne(batch, one.outcome());
            owner.answered();
            if (handed.answered(batch, 1)) owner.batchGone(batch);
        }
    }

    void gaveBack(Frame.Recalled recalled) {
        if (!handed.mayKeep(recalled.upTo(), recalled.kept())) {
            worker.connection.breakOff(recalled, handed.describe() + ", kept=" + recalled.kept());
            return;
        }
        handed.takeBack(
                recalled.kept(),
                work -> {
                    worker.gaveBack(work.size());
                    owner.gaveBack(work);
                },
                owner::batchGone);
        worker.interrupts.handedChanged();
        if (worker.hasLess()) owner.isIdle(worker);
    }
}
