package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What one worker was handed: turns, answers, what it gives back. */
class HandedTest {
    private final Handed handed = new Handed(false);
    private final PoolFunction function = Sample.function("f");
    private final List<RecordingSink> sinks = new ArrayList<>();
    private final List<Work> back = new ArrayList<>();
    private final List<Batch> emptied = new ArrayList<>();

    private CallBatch batch(int calls) {
        CallBatch batch = new CallBatch(function, calls);
        for (int i = 0; i < calls; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            batch.add(new Call(function, Sample.item(sinks.size()), sink));
        }
        return batch;
    }

    private Batch chunk(int items) {
        return Series.chunk(function, Sample.items(new int[items]), new RecordingSeriesSink())
                .take(1, 0);
    }

    private boolean answer(long turn, int... values) {
        Batch due = Objects.requireNonNull(handed.due(turn, values.length));
        due.answer(Sample.outcomes(values), () -> "");
        return handed.answered(due, values.length);
    }

    private void takeBack(long kept) {
        handed.takeBack(kept, back::add, emptied::add);
        Collections.reverse(back);
    }

    @Test
    void turnsFollowEachOtherOverAllBatches() {
        assertThat(handed.handOver(batch(1))).isInstanceOf(Frame.Call.class);
        assertThat(handed.handOver(batch(3)))
                .isInstanceOfSatisfying(
                        Frame.Calls.class, frame -> assertThat(frame.turn()).isEqualTo(2));
        assertThat(handed.handOver(chunk(2)))
                .isInstanceOfSatisfying(
                        Frame.Call.class, frame -> assertThat(frame.turn()).isEqualTo(5));
        assertThat(handed.lastTurn()).isEqualTo(6);
    }

    @Test
    void anAnswerIsDueForTheNextTurnOfTheFirstBatchAlone() {
        handed.handOver(batch(3));
        handed.handOver(batch(1));
        assertThat(handed.due(2, 1)).isNull();
        assertThat(handed.due(1, 4)).isNull();
        assertThat(answer(1, 10, 11)).isFalse();
        assertThat(handed.due(1, 1)).isNull();
        assertThat(answer(3, 12)).isTrue();
        assertThat(answer(4, 13)).isTrue();
        assertThat(handed.isEmpty()).isTrue();
        for (int i = 0; i < 4; i++) assertThat(sinks.get(i).told).containsExactly("answer " + (10 + i));
    }

    @Test
    void whatHasAnsweredSinceTheLastLookIsNotRecalled() {
        handed.handOver(batch(3));
        assertThat(handed.isToBeWatched()).isTrue();
        answer(1, 1);
        assertThat(handed.recallIfStuck()).isNull();
        assertThat(handed.recallIfStuck()).isEqualTo(new Frame.Recall(3, 2));
        assertThat(handed.recallIfStuck()).isNull(); // one question at a time
        assertThat(handed.room(function)).isZero();
    }

    @Test
    void nothingIsRecalledBehindWhichNothingWaits() {
        handed.handOver(batch(1));
        assertThat(handed.isToBeWatched()).isFalse();
        assertThat(handed.recallIfStuck()).isNull();
        assertThat(handed.recallIfStuck()).isNull();
        answer(1, 1);
        handed.handOver(chunk(5));
        assertThat(handed.isToBeWatched()).isFalse();
    }

    @Test
    void theTailIsTakenBackAndTheRestIsStillDue() {
        handed.handOver(batch(3));
        handed.handOver(batch(2));
        handed.recallIfStuck();
        handed.recallIfStuck();
        assertThat(handed.mayKeep(5, 1)).isTrue();
        takeBack(1);
        assertThat(back).hasSize(4);
        assertThat(emptied).hasSize(1);
        assertThat(sinks.get(1).told).containsExactly("handed back");
        assertThat(sinks.get(0).told).isEmpty();
        assertThat(handed.isToBeWatched()).isFalse();
        assertThat(answer(1, 7)).isTrue();
        assertThat(handed.isEmpty()).isTrue();
        handed.handOver(batch(1));
        assertThat(answer(6, 8)).isTrue(); // turns are not used twice
    }

    @Test
    void aWorkerThatGivesBackEverythingHasNothing() {
        handed.handOver(batch(2));
        handed.recallIfStuck();
        handed.recallIfStuck();
        assertThat(handed.mayKeep(2, 0)).isTrue();
        takeBack(0);
        assertThat(handed.isEmpty()).isTrue();
        assertThat(emptied).hasSize(1);
    }

    @Test
    void answersThatComeAfterTheQuestionSettleItOrNarrowIt() {
        handed.handOver(batch(3));
        handed.recallIfStuck();
        handed.recallIfStuck();
        answer(1, 1, 2);
        assertThat(handed.mayKeep(3, 1)).isFalse(); // its answer came already
        assertThat(handed.mayKeep(3, 2)).isTrue();
        answer(3, 3);
        assertThat(handed.mayKeep(3, 2)).isFalse(); // over
        assertThat(handed.room(function)).isPositive();
    }

    /** A worker that is asked twice names the line where it stands: turns behind it may have come back the first time. */
    @Test
    void whatCameBackBeforeMayBeNamedAgain() {
        handed.handOver(batch(5));
        handed.recallIfStuck();
        handed.recallIfStuck();
        assertThat(handed.mayKeep(5, 2)).isTrue();
        takeBack(2);
        answer(1, 1);
        handed.handOver(batch(3));
        handed.recallIfStuck();
        assertThat(handed.recallIfStuck()).isEqualTo(new Frame.Recall(8, 2));
        answer(2, 2); // and now 6 to 8 are the first
        assertThat(handed.mayKeep(8, 1)).isFalse(); // that is answered
        assertThat(handed.mayKeep(8, 2)).isTrue();
        back.clear();
        takeBack(2);
        assertThat(back).hasSize(3);
        assertThat(handed.isEmpty()).isTrue();
    }

    @Test
    void onlyWhatWasAskedForMayBeGivenBack() {
        handed.handOver(batch(1));
        handed.handOver(chunk(4));
        assertThat(handed.mayKeep(5, 1)).isFalse(); // nobody has asked
        handed.recallIfStuck();
        assertThat(handed.recallIfStuck()).isEqualTo(new Frame.Recall(5, 2)); // a single call is kept: it is running
        assertThat(handed.mayKeep(5, 0)).isFalse();
        assertThat(handed.mayKeep(4, 1)).isFalse();
        assertThat(handed.mayKeep(5, 5)).isFalse();
        assertThat(handed.mayKeep(5, 3)).isFalse(); // a chunk is not cut
        assertThat(handed.mayKeep(5, 1)).isTrue();
    }

    @Test
    void aStuckWorkerIsHandedNothingAheadUntilItAnswers() {
        function.pace.measured(1000, 1000);
        handed.handOver(batch(2));
        handed.recallIfStuck();
        handed.recallIfStuck();
        takeBack(1);
        assertThat(handed.room(function)).isZero();
        answer(1, 1);
        assertThat(handed.room(function)).isPositive();
    }

    @Test
    void aLargeArgumentForAnIdleWorkerIsNotKept() {
        CallBatch large = new CallBatch(function, 1);
        large.add(new Call(function, Sample.large(1 << 20), new RecordingSink()));
        handed.handOver(large);
        assertThat(large.arguments().region().length()).isZero();
    }

    @Test
    void aBreakEndsOnlyWhatWasNotAnswered() {
        CallBatch batch = batch(3);
        handed.handOver(batch);
        answer(1, 1);
        List<Work> unfinished = new ArrayList<>();
        batch.forEachUnfinished(unfinished::add);
        assertThat(unfinished).hasSize(2);
        assertThat(batch.describe()).isEqualTo("call (f) or one of the 1 joined to it");
    }

    @Test
    void aCallIsFoundByItsSinkWhileItHasNoOutcome() {
        handed.handOver(batch(2));
        handed.handOver(batch(2));
        assertThat(handed.turnOf(sinks.get(3))).isEqualTo(4);
        answer(1, 1);
        assertThat(handed.turnOf(sinks.get(0))).isZero();
        assertThat(handed.turnOf(sinks.get(1))).isEqualTo(2);
    }

    @Test
    void oneThatGaveBackAllItHadIsWatchedAgainWithItsNextCalls() {
        handed.handOver(batch(2));
        handed.recallIfStuck();
        assertThat(handed.recallIfStuck()).isNotNull();
        takeBack(0);
        handed.handOver(batch(3));
        assertThat(handed.isToBeWatched()).isTrue();
        handed.recallIfStuck();
        assertThat(handed.recallIfStuck()).isNotNull();
    }
}
