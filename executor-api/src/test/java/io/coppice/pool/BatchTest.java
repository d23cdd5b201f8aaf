package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final PoolFunction function = PoolFunction.open(Payload.of(new byte[0]), "f", Object.class, 0);
    private final List<RecordingSink> sinks = new ArrayList<>();

    private Batch joined(int calls) {
        Batch batch = new Batch(call(0), calls);
        for (int i = 1; i < calls; i++) batch.join(call(i));
        return batch;
    }

    private Call call(int i) {
        RecordingSink sink = new RecordingSink();
        sinks.add(sink);
        Call call = Call.joinable(function, Items.copyOf(Payload.of(new byte[] {(byte) (10 + i)})), sink);
        call.accepted(i + 1);
        return call;
    }

    /** One outcome per value: kind 0, and the value as its payload. */
    private static Items outcomes(int... values) {
        Payload[] items = new Payload[values.length];
        for (int i = 0; i < values.length; i++) items[i] = Payload.of(new byte[] {0, (byte) values[i]});
        return Items.copyOf(items);
    }

    @Test
    void theArgumentsOfAllFollowEachOther() {
        Items.Cursor items = joined(3).takeArguments().cursor();
        for (int i = 0; i < 3; i++) {
            assertThat(items.next()).isTrue();
            assertThat(items.bytes()[items.offset()]).isEqualTo((byte) (10 + i));
        }
        assertThat(items.next()).isFalse();
    }

    @Test
    void eachCallGetsItsOwnOutcomeWhereverTheAnswersAreCut() {
        Batch batch = joined(3);
        assertThat(batch.expects(0, 3)).isTrue();
        assertThat(batch.expects(1, 1)).isFalse();
        assertThat(batch.expects(0, 4)).isFalse();
        batch.answer(outcomes(1, 2), () -> "");
        assertThat(batch.isEnded()).isFalse();
        assertThat(batch.expects(0, 1)).isFalse();
        assertThat(batch.expects(2, 1)).isTrue();
        batch.answer(outcomes(3), () -> "");
        assertThat(batch.isEnded()).isTrue();
        for (int i = 0; i < 3; i++) assertThat(sinks.get(i).told).containsExactly("answer from 0: " + (i + 1));
    }

    @Test
    void aBreakEndsOnlyWhatWasNotAnswered() {
        Batch batch = joined(3);
        batch.answer(outcomes(1), () -> "");
        List<Call> unfinished = new ArrayList<>();
        batch.forEachUnfinished(unfinished::add);
        assertThat(unfinished).extracting(Call::describe).containsExactly("call=2 (f)", "call=3 (f)");
        assertThat(batch.describe()).isEqualTo("call=2 (f) or one of the 1 joined to it");
    }

    @Test
    void aChunkIsAnsweredInParts() {
        RecordingSink sink = new RecordingSink();
        Payload argument = Payload.of(new byte[1]);
        Batch batch = new Batch(new Call(function, Items.copyOf(argument, argument, argument), sink), 1);
        batch.answer(outcomes(1), () -> "");
        batch.answer(outcomes(2, 3), () -> "");
        assertThat(sink.told).containsExactly("answer from 0: 1", "answer from 1: 2 3");
        assertThat(batch.isEnded()).isTrue();
        batch.forEachUnfinished(call -> sink.told.add("unfinished"));
        assertThat(sink.told).hasSize(2);
    }
}
