package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.pool.Fault;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadCodec;
import java.io.InvalidObjectException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A series as the thread that iterates takes it: each item once, in its place, with what it ended with. */
class SubmittedSeriesTest {
    private final CodecPool codecs = new CodecPool(ClassSpace.of(SubmittedSeriesTest.class.getClassLoader()));
    private final SubmittedSeries<Object> series = new SubmittedSeries<>(this, codecs, true);

    private void sent(int items) {
        for (int i = 0; i < items; i++) series.sent();
    }

    private Items outcomes(OutcomeKind kind, @Nullable Object... values) throws Exception {
        PayloadCodec codec = codecs.take();
        for (Object value : values) codec.addOutcome(kind, value);
        return new Items(values.length, codec.take());
    }

    private void answer(int first, @Nullable Object... values) throws Exception {
        series.rows().answer(first, outcomes(OutcomeKind.RETURNED, values), item -> "item=" + item);
    }

    private @Nullable Object take() throws Throwable {
        assertThat(series.isThere()).isTrue();
        return series.take();
    }

    @Test
    void resultsOfEveryKindComeInOrder() throws Throwable {
        sent(6);
        answer(3, "text", null);
        answer(0, 1, 2L, java.util.List.of(3));
        assertThat(take()).isEqualTo(1);
        assertThat(take()).isEqualTo(2L);
        assertThat(take()).isEqualTo(java.util.List.of(3));
        assertThat(take()).isEqualTo("text");
        assertThat(take()).isNull();
        assertThat(series.isThere()).isFalse();
    }

    @Test
    void whatCouldNotBeSentIsGivenInItsPlaceAndNeedsNoWait() throws Throwable {
        series.notSent(new IllegalArgumentException("a"));
        series.notSent(new IllegalArgumentException("b"));
        sent(1);
        series.notSent(new IllegalArgumentException("c"));
        sent(1);
        series.notSent(new IllegalArgumentException("d"));
        assertThat(series.size()).isEqualTo(6);
        assertThatThrownBy(this::take).hasMessage("a");
        assertThatThrownBy(this::take).hasMessage("b");
        assertThat(series.isThere()).isFalse();
        answer(0, 1, 2);
        assertThat(take()).isEqualTo(1);
        assertThatThrownBy(this::take).hasMessage("c");
        assertThat(take()).isEqualTo(2);
        assertThatThrownBy(this::take).hasMessage("d");
        series.notSent(new IllegalArgumentException("e"));
        assertThatThrownBy(this::take).hasMessage("e");
    }

    @Test
    void aFailureTellsWhichItemOfWhichWorkerItWas() throws Throwable {
        sent(3);
        answer(0, 1);
        series.rows()
                .answer(1, outcomes(OutcomeKind.THREW, new IllegalStateException("thrown")), item -> "item=" + item);
        series.rows().answer(2, malformed(), item -> "item=" + item);
        assertThat(take()).isEqualTo(1);
        assertThatThrownBy(this::take)
                .hasMessage("thrown")
                .hasRootCauseInstanceOf(RemoteTraceback.class)
                .rootCause()
                .hasMessageContaining("item=1");
        assertThatThrownBy(this::take)
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("cannot be read here")
                .hasMessageContaining("item=2");
    }

    /** One result whose tag is none. */
    private Items malformed() throws Exception {
        Items outcome = outcomes(OutcomeKind.RETURNED, 1);
        Items.Cursor only = outcome.cursor();
        only.next();
        only.bytes()[only.outcomeOffset()] = 99;
        return outcome;
    }

    @Test
    void cancelledAndBrokenItemsHaveAnExceptionOfTheirOwn() throws Throwable {
        sent(4);
        answer(2, 3);
        series.rows().cancelled(0, 2);
        series.rows().broken(() -> "broken on purpose", Fault.UNKNOWN);
        for (int i = 0; i < 2; i++) assertThatThrownBy(this::take).isInstanceOf(CancellationException.class);
        assertThat(take()).isEqualTo(3);
        assertThatThrownBy(this::take).isInstanceOf(BrokenProcessPool.class).hasMessage("broken on purpose");
    }

    @Test
    void aRowThatIsUsedUpIsNotKept() throws Throwable {
        sent(2);
        WeakReference<Object> used = answered();
        assertThat(take()).isEqualTo(7);
        answer(1, 8);
        assertThat(take()).isEqualTo(8);
        for (int i = 0; i < 100 && used.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(used.get()).isNull();
        assertThat(series.size()).isEqualTo(2);
    }

    private WeakReference<Object> answered() throws Exception {
        Items row = outcomes(OutcomeKind.RETURNED, 7);
        series.rows().answer(0, row, item -> "");
        return new WeakReference<>(row.region().bytes());
    }
}
