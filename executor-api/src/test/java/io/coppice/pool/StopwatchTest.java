package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a stopwatch does to its worker when, and which items are over their time; each item may take 10, and 5 to heed. */
class StopwatchTest {
    private static final List<StackTraceElement> PLACE =
            List.of(new StackTraceElement("a.Job", "run", "Job.java", 177));

    private final Handed handed = new Handed(false);
    private final RecordingHand hand = new RecordingHand();
    private final Stopwatch stopwatch = new Stopwatch(hand, handed);

    private static final class RecordingHand implements Stopwatch.Hand {
        private final List<String> done = new ArrayList<>();
        private long begun;

        @Override
        public long begun() {
            return begun;
        }

        @Override
        public void hurry(long turn) {
            done.add("hurry " + turn);
        }

        @Override
        public void condemn(long turn) {
            done.add("condemn " + turn);
        }

        @Override
        public void kill() {
            done.add("kill");
        }
    }

    private void handOverChunk(int items) {
        PoolFunction function = PoolFunction.open(
                Payload.of(new byte[0]), () -> "f", Object.class, 0, new Pace(), new TimeLimit(10, 5));
        handed.handOver(Series.chunk(function, Sample.items(new int[items]), new RecordingSeriesSink())
                .take(1, 0));
    }

    private void answer(long turn, int... values) {
        Batch due = Objects.requireNonNull(handed.due(turn, values.length));
        due.answer(Sample.outcomes(values), () -> "");
        handed.answered(due, values.length);
    }

    private void at(long nanos, long begun) {
        hand.begun = begun;
        stopwatch.look(nanos);
    }

    @Test
    void anItemIsHurriedThenCondemnedThenItsWorkerIsKilled() {
        handOverChunk(3);
        at(100, 2);
        at(109, 2);
        assertThat(hand.done).isEmpty();
        at(110, 2);
        at(114, 2);
        assertThat(hand.done).containsExactly("hurry 2");
        at(115, 2);
        assertThat(hand.done).containsExactly("hurry 2", "condemn 2");
        assertThat(stopwatch.answered(new Frame.Condemned(2, PLACE))).isTrue();
        assertThat(hand.done).containsExactly("hurry 2", "condemn 2", "kill");
        assertThat(stopwatch.isBecauseOf(2)).isTrue();
        assertThat(stopwatch.stack()).isEqualTo(PLACE);
    }

    @Test
    void eachItemHasItsOwnTime() {
        handOverChunk(3);
        at(100, 1);
        at(109, 2);
        at(118, 3);
        at(127, 3);
        assertThat(hand.done).isEmpty();
        at(128, 3);
        assertThat(hand.done).containsExactly("hurry 3");
    }

    @Test
    void anItemThatWasHurriedIsOverItsTimeAlsoWhenTheWorkerHasBegunOthersSince() {
        handOverChunk(3);
        at(100, 1);
        at(110, 1);
        at(111, 3); // it heeds that at once; outcomes of a chunk come together
        assertThat(stopwatch.wereHurried(1, 3)).isTrue();
        assertThat(stopwatch.wereHurried(1, 1)).isTrue();
        assertThat(stopwatch.wereHurried(2, 2)).isFalse();
        answer(1, 7, 8, 9);
        at(112, 3);
        assertThat(stopwatch.wereHurried(1, 3)).isFalse();
        assertThat(hand.done).containsExactly("hurry 1");
    }

    @Test
    void oneThatHadEndedWhenTheWorkerWasAskedCostsNothing() {
        handOverChunk(3);
        at(100, 1);
        at(110, 1);
        at(115, 1);
        assertThat(stopwatch.isLastCall()).isTrue();
        assertThat(stopwatch.answered(new Frame.Condemned(1, List.of()))).isTrue();
        assertThat(stopwatch.isLastCall()).isFalse();
        assertThat(hand.done).containsExactly("hurry 1", "condemn 1");
    }

    @Test
    void aWorkerThatWasCondemnedGetsNothingUntilItHasAnsweredAlsoIfTheCallHasEnded() {
        handOverChunk(1);
        at(100, 1);
        at(110, 1);
        at(115, 1);
        answer(1, 7);
        at(116, 1);
        assertThat(stopwatch.isLastCall()).isTrue();
        assertThat(stopwatch.looksWithinNanos()).isPositive();
        stopwatch.answered(new Frame.Condemned(1, PLACE));
        assertThat(hand.done).containsExactly("hurry 1", "condemn 1", "kill");
        assertThat(stopwatch.isSentenced()).isTrue();
    }

    @Test
    void anAnswerToNoQuestionIsNone() {
        handOverChunk(3);
        at(100, 1);
        assertThat(stopwatch.answered(new Frame.Condemned(1, PLACE))).isFalse();
        assertThat(hand.done).isEmpty();
    }

    @Test
    void aWorkerThatDoesNotAnswerIsKilled() {
        handOverChunk(1);
        at(100, 1);
        at(110, 1);
        at(115, 1);
        at(115 + 999_999_999, 1);
        assertThat(hand.done).containsExactly("hurry 1", "condemn 1");
        at(115 + 1_000_000_000, 1);
        assertThat(hand.done).containsExactly("hurry 1", "condemn 1", "kill");
    }

    @Test
    void aWorkerThatDoesNotBeginTheNextIsAskedAboutNoneOfItsCalls() {
        handOverChunk(3);
        answer(1, 7);
        at(100, 1);
        at(114, 1);
        assertThat(hand.done).isEmpty();
        at(115, 1);
        assertThat(hand.done).containsExactly("condemn 4");
        assertThat(stopwatch.isLastCall()).isTrue();
        stopwatch.answered(new Frame.Condemned(4, List.of())); // it is there, and begins it when it can
        assertThat(stopwatch.isLastCall()).isFalse();
        at(116, 1);
        at(130, 1);
        assertThat(hand.done).containsExactly("condemn 4");
        at(131, 1);
        assertThat(hand.done).containsExactly("condemn 4", "condemn 4");
    }

    @Test
    void aWorkerThatIsStoppedBeforeItBeginsIsKilledForNoCallOfIts() {
        handOverChunk(3);
        at(100, 0);
        at(115, 0);
        at(115 + 1_000_000_000, 0);
        assertThat(hand.done).containsExactly("condemn 4", "kill");
        assertThat(stopwatch.isSentenced()).isTrue();
        for (long turn = 1; turn <= 3; turn++)
            assertThat(stopwatch.isBecauseOf(turn)).isFalse();
    }

    @Test
    void theTimeOfACallBeginsWhenItDoes() {
        handOverChunk(1);
        at(100, 0);
        at(114, 0);
        at(120, 1);
        at(129, 1);
        assertThat(hand.done).isEmpty();
        at(130, 1);
        assertThat(hand.done).containsExactly("hurry 1");
    }
}
