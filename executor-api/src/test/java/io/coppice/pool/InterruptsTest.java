package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls of a worker are interrupted, and when: each as soon as it may run, and no more at a time than one. */
class InterruptsTest {
    private final Handed handed = new Handed(false);
    private final List<String> told = new ArrayList<>();
    private final Interrupts interrupts = new Interrupts((first, last) -> told.add(first + "-" + last), handed);
    private final List<RecordingSink> sinks = new ArrayList<>();

    @BeforeEach
    void fourCallsAreHandedOver() {
        CallBatch batch = new CallBatch(Sample.function("f"), 4);
        for (int i = 0; i < 4; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            batch.add(new Call(batch.function, Sample.item(i), sink));
        }
        handed.handOver(batch);
    }

    private void answer(long turn) {
        Batch due = Objects.requireNonNull(handed.due(turn, 1));
        due.answer(Sample.outcomes(0), () -> "");
        handed.answered(due, 1);
        interrupts.handedChanged();
    }

    @Test
    void theCallThatMayRunIsInterruptedAtOnce() {
        interrupts.call(sinks.get(0));
        assertThat(told).containsExactly("1-1");
    }

    @Test
    void othersWaitUntilTheyMayRun() {
        for (RecordingSink sink : sinks) interrupts.call(sink);
        assertThat(told).containsExactly("1-1");
        answer(1);
        assertThat(told).containsExactly("1-1", "2-2");
        answer(2);
        answer(3);
        answer(4);
        assertThat(told).containsExactly("1-1", "2-2", "3-3", "4-4");
    }

    @Test
    void whoHasAnAnswerOrIsElsewhereIsNotInterrupted() {
        answer(1);
        interrupts.call(sinks.get(0));
        interrupts.call(new RecordingSink());
        interrupts.call(sinks.get(2));
        answer(2);
        answer(3);
        assertThat(told).containsExactly("3-3");
    }

    @Test
    void whatWasGivenBackIsNotInterruptedNorWhatTookItsPlace() {
        for (int i = 1; i < 4; i++) interrupts.call(sinks.get(i));
        Frame.Recall recall = recall();
        handed.takeBack(1, work -> {}, batch -> {});
        interrupts.handedChanged();
        answer(1);
        assertThat(recall.upTo()).isEqualTo(4);
        assertThat(handed.isEmpty()).isTrue();
        fourCallsAreHandedOver();
        answer(5);
        assertThat(told).isEmpty();
    }

    private Frame.Recall recall() {
        handed.recallIfStuck();
        return Objects.requireNonNull(handed.recallIfStuck());
    }

    @Test
    void allAreToldTogetherAndOnce() {
        answer(1);
        interrupts.all();
        interrupts.all();
        assertThat(told).containsExactly("2-4");
        answer(2);
        answer(3);
        answer(4);
        fourCallsAreHandedOver();
        interrupts.all();
        assertThat(told).containsExactly("2-4", "5-8");
    }

    @Test
    void aCallInTheMiddleOfAChunkIsInterruptedByItsFirstTurn() {
        for (long turn = 1; turn <= 4; turn++) answer(turn);
        RecordingSeriesSink sink = new RecordingSeriesSink();
        Batch chunk = Series.chunk(Sample.function("f"), Sample.items(new int[3]), sink)
                .take(1, 0);
        handed.handOver(chunk);
        answer(5);
        interrupts.all();
        assertThat(told).containsExactly("5-7");
    }
}
