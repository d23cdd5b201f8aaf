package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** When does a large array stay an array, and is it the same value all the same? */
@NullUnmarked
class PayloadTailTest {
    private static final int LENGTH = Payload.TAIL_BYTES / Long.BYTES;

    private final PayloadCodec codec = Travel.codec();
    private final long[] large = new long[LENGTH];

    PayloadTailTest() {
        for (int i = 0; i < LENGTH; i++) large[i] = 77L * i;
    }

    private static Payload only(Payload row) {
        Items.Cursor cursor = new Items(1, row).cursor();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.length()).isEqualTo(row.length() - 4);
        return cursor.payload();
    }

    @Test
    void anArgumentIsCopiedAtOnce() throws PayloadException {
        codec.addArgument(large);
        large[1] = -1;
        Payload argument = only(codec.take());
        assertThat(((long[]) argument.tail())[1]).isEqualTo(77);
        assertThat(codec.size()).isZero();
    }

    @Test
    void anOutcomeIsNot() throws PayloadException {
        codec.addOutcome(OutcomeKind.RETURNED, large);
        Payload row = codec.take();
        assertThat(row.tail()).isSameAs(large);
        Items.Cursor outcome = new Items(1, row).cursor();
        outcome.next();
        assertThat(outcome.outcomeKind()).isEqualTo(OutcomeKind.RETURNED);
        assertThat(outcome.outcomePayload().tail()).isSameAs(large);
    }

    @Test
    void aSmallArrayIsBytes() throws PayloadException {
        codec.addArgument(new long[LENGTH - 1]);
        assertThat(codec.take().tail()).isNull();
    }

    @Test
    void whatIsReadIsTheTailItself() throws PayloadException {
        codec.addArgument(large);
        Payload argument = only(codec.take());
        Object[] into = new Object[1];
        codec.readArguments(argument, into);
        assertThat(into[0]).isSameAs(argument.tail()).isEqualTo(large);
        assertThat(codec.readValue(argument)).isSameAs(argument.tail());
        CodecPool pool = new CodecPool(ClassSpace.of(Travel.LOADER));
        assertThat(pool.read(argument)).isSameAs(argument.tail());
    }

    @Test
    void askedForItsBytesItIsTheSameValue() throws PayloadException {
        codec.addArgument(large);
        int size = codec.size();
        byte[] bytes = codec.bytes().clone();
        assertThat(codec.size()).isEqualTo(size);
        assertThat(SimpleValues.read(bytes, 4, size - 4)).isEqualTo(large);
        codec.clear();
        codec.addArgument(large);
        Payload argument = only(codec.take());
        assertThat(SimpleValues.read(argument.bytes(), argument.offset(), argument.length()))
                .isEqualTo(large);
    }

    @Test
    void moreArgumentsBehindItComeToo() throws PayloadException {
        Object[] read = Travel.travelledArguments(large, "behind", large);
        assertThat(read).containsExactly(large, "behind", large);
        assertThat(Travel.travelledArguments(1, large)).containsExactly(1, large);
    }

    @Test
    void aGraphBehindItTakesItsPlace() throws PayloadException {
        Object[] read = Travel.travelledArguments(large, List.of(large), large);
        assertThat(read[0]).isEqualTo(large).isSameAs(read[2]);
        assertThat(((List<?>) read[1]).get(0)).isSameAs(read[0]);
    }

    @Test
    void itemsBehindItComeToo() throws PayloadException {
        codec.addArgument(large);
        codec.addArgument("second");
        codec.addArgument(List.of(3));
        codec.addArgument(large);
        Payload row = codec.take();
        assertThat(row.tail()).isNotNull();
        Items.Cursor items = new Items(4, row).cursor();
        for (Object expected : List.of(large, "second", List.of(3), large)) {
            assertThat(items.next()).isTrue();
            assertThat(codec.readValue(items.payload())).isEqualTo(expected);
            assertThat(codec.readValue(items.bytes(), items.offset(), items.length()))
                    .isEqualTo(expected);
        }
        assertThat(items.next()).isFalse();
    }

    @Test
    void aFailureBehindItLeavesItThere() throws PayloadException {
        codec.addArgument(large);
        int size = codec.size();
        try {
            codec.addArguments(large, new Thread());
        } catch (PayloadException refused) {
            assertThat(refused.argument()).isEqualTo(2);
        }
        assertThat(codec.size()).isEqualTo(size);
        assertThat(codec.readValue(only(codec.take()))).isEqualTo(large);
    }

    @Test
    void whatIsClearedIsGone() throws PayloadException {
        codec.addArgument(large);
        codec.clear();
        assertThat(codec.size()).isZero();
        codec.writeValue(1);
        assertThat(codec.take()).isEqualTo(Travel.written(1));
    }
}
