package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Is a row that is gathered without a codec the one that a codec writes? */
@NullUnmarked
class OutcomeRowTest {
    private final OutcomeRow row = new OutcomeRow();

    @Test
    void whatIsAddedAtOnceIsWhatACodecWrites() throws PayloadException {
        Object[] values = {null, true, false, 1, -1, 1L << 40, Long.MIN_VALUE, 0.1, "", "ab", "a€", "x".repeat(1000)};
        PayloadCodec codec = Travel.codec();
        for (Object value : values) {
            assertThat(row.addReturned(value)).isTrue();
            codec.addOutcome(OutcomeKind.RETURNED, value);
        }
        assertThat(row.items()).isEqualTo(new Items(values.length, codec.take()));
        assertThat(row.size()).isEqualTo(row.items().region().length());
    }

    @Test
    void whatIsLargeOrNotSimpleIsLeftToACodec() throws PayloadException {
        row.addReturned(1);
        Items before = new Items(1, Payload.of(row.items().region().toArray()));
        for (Object value : new Object[] {"x".repeat(1 << 20), List.of(1), new int[1], new byte[1 << 20], row})
            assertThat(row.addReturned(value)).isFalse();
        assertThat(row.items()).isEqualTo(before);
        assertThat(row.count()).isEqualTo(1);
    }

    @Test
    void whatACodecHasWrittenGoesBetween() throws PayloadException {
        List<Object> values = new ArrayList<>();
        PayloadCodec codec = Travel.codec();
        for (int i = 0; i < 1_000; i++) {
            values.add(i);
            values.add(List.of(i));
            assertThat(row.addReturned(i)).isTrue();
            codec.clear();
            codec.addOutcome(OutcomeKind.RETURNED, List.of(i));
            row.add(codec);
        }
        List<Object> read = new ArrayList<>();
        for (Items.Cursor item = row.items().cursor(); item.next(); ) {
            assertThat(item.outcomeKind()).isEqualTo(OutcomeKind.RETURNED);
            read.add(Travel.read(item.outcomePayload()));
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void aClearedRowBeginsAnew() {
        for (int i = 0; i < 100_000; i++) row.addReturned("x".repeat(10));
        row.clear();
        assertThat(row.count()).isZero();
        assertThat(row.size()).isZero();
        row.addReturned(true);
        assertThat(row.items().region().toArray()).containsExactly(0, 0, 0, 2, 0, 2);
    }
}
