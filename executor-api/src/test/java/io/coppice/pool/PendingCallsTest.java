package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which calls go to a worker together. */
class PendingCallsTest {
    private final List<PoolFunction> unused = new ArrayList<>();
    private final PendingCalls pending = new PendingCalls(function -> {
        function.unused();
        unused.add(function);
    });
    private final PoolFunction function = Sample.function("f");
    private final List<RecordingSink> sinks = new ArrayList<>();

    private void takeIn(PoolFunction function, int calls) {
        for (int i = 0; i < calls; i++) pending.takeIn(call(function, Sample.item(sinks.size())));
    }

    private Call call(PoolFunction function, byte[] argument) {
        RecordingSink sink = new RecordingSink();
        sinks.add(sink);
        return new Call(function, argument, sink);
    }

    private Batch next(int most) {
        return Objects.requireNonNull(pending.startNext(function -> most));
    }

    private int startNext(int most) {
        Batch batch = pending.startNext(function -> most);
        return batch == null ? 0 : batch.itemCount();
    }

    @Test
    void asManyAreTakenAsAreWanted() {
        takeIn(function, 100);
        assertThat(startNext(1)).isEqualTo(1);
        assertThat(startNext(0)).isZero();
        assertThat(startNext(60)).isEqualTo(60);
        assertThat(startNext(60)).isEqualTo(39);
        assertThat(startNext(60)).isZero();
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void onlyNeighboursOnOneFunctionAreJoined() {
        takeIn(function, 3);
        takeIn(Sample.function("other"), 2);
        takeIn(function, 1000);
        assertThat(startNext(500)).isEqualTo(3);
        assertThat(startNext(500)).isEqualTo(2);
        assertThat(startNext(500)).isEqualTo(500);
    }

    @Test
    void cancelledCallsAreLeftOut() {
        takeIn(function, 10);
        sinks.get(0).cancelled = true;
        sinks.get(2).cancelled = true;
        assertThat(startNext(4)).isEqualTo(4);
        assertThat(sinks.get(2).told).isEmpty();
        assertThat(sinks.get(5).told).containsExactly("start");
        assertThat(sinks.get(6).told).isEmpty();
    }

    @Test
    void whatIsWantedOfOneFunctionMayBeNothingOfTheNext() {
        PoolFunction other = Sample.function("other");
        takeIn(other, 1);
        takeIn(function, 1);
        sinks.get(0).cancelled = true;
        Batch batch = pending.startNext(of -> of == function ? 0 : 1);
        assertThat(batch).isNull();
        assertThat(unused).containsExactly(other);
        assertThat(pending.isEmpty()).isFalse();
    }

    @Test
    void largeArgumentsAreNotJoinedWithoutLimit() {
        for (int i = 0; i < 100; i++) pending.takeIn(call(function, Sample.large(400 << 10)));
        assertThat(startNext(100)).isEqualTo(2);
    }

    @Test
    void aLargeFirstArgumentGoesAlone() {
        pending.takeIn(call(function, Sample.large(2 << 20)));
        takeIn(function, 100);
        assertThat(startNext(100)).isEqualTo(1);
        assertThat(startNext(100)).isEqualTo(100);
    }

    @Test
    void whatIsGivenBackComesFirstInItsOldOrder() {
        takeIn(function, 5);
        Batch all = next(4);
        List<Work> back = new ArrayList<>();
        all.giveBack(1, back::add);
        for (int i = back.size() - 1; i >= 0; i--) pending.putBack(back.get(i));
        assertThat(all.itemCount()).isEqualTo(1);
        Batch again = next(10);
        assertThat(Sample.valuesOf(again.arguments())).containsExactly(1, 2, 3, 4);
        assertThat(sinks.get(1).told).containsExactly("start", "handed back", "start");
        assertThat(sinks.get(0).told).containsExactly("start");
    }

    @Test
    void aFunctionIsUnusedWhenTheLastWorkOnItHasLeftTheQueueAndNoBatchNamesIt() {
        PoolFunction once = PoolFunction.once(function.encoded, () -> "once", Object.class, 0, new Pace(), null);
        takeIn(once, 1);
        assertThat(pending.startNext(function -> 1)).isNotNull();
        assertThat(once.isFinished()).isFalse(); // the batch names it
        once.unused();
        assertThat(once.isFinished()).isTrue();

        PoolFunction cancelled =
                PoolFunction.once(function.encoded, () -> "cancelled", Object.class, 0, new Pace(), null);
        takeIn(cancelled, 1);
        sinks.get(1).cancelled = true;
        assertThat(pending.startNext(function -> 1)).isNull();
        assertThat(cancelled.isFinished()).isTrue();
    }

    @Test
    void portionsOfASeriesGoWhereItsItemsStand() {
        RecordingSeriesSink sink = new RecordingSeriesSink();
        Series series = Series.open(function, 1000, 100, sink);
        for (int i = 0; i < 10; i++) Sample.append(series, i);
        pending.takeIn(series);
        takeIn(function, 1);
        assertThat(pending.size(100)).isEqualTo(11);
        assertThat(startNext(4)).isEqualTo(4);
        Batch next = next(100);
        assertThat(Sample.valuesOf(next.arguments())).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(pending.size(100)).isEqualTo(1);
        series.close();
        assertThat(startNext(4)).isEqualTo(1);
    }

    @Test
    void whatASeriesWasGivenBackIsTakenAgainInParts() {
        RecordingSeriesSink sink = new RecordingSeriesSink();
        Series series = Series.open(function, 1000, 100, sink);
        for (int i = 0; i < 6; i++) Sample.append(series, i);
        pending.takeIn(series);
        Batch batch = next(5);
        batch.giveBack(2, pending::putBack);
        Batch again = next(2);
        assertThat(Sample.valuesOf(again.arguments())).containsExactly(2, 3);
        again.handOver(1, 0);
        again.answer(Sample.outcomes(7, 7), () -> "");
        assertThat(sink.told).containsExactly("answer 2+2");
        assertThat(Sample.valuesOf(next(9).arguments())).containsExactly(4);
        assertThat(Sample.valuesOf(next(9).arguments())).containsExactly(5);
    }

    @Test
    void itKnowsHowManyCallsWaitWhateverCameAndWent() {
        Series series = Series.open(function, 1000, 100, new RecordingSeriesSink());
        for (int i = 0; i < 10; i++) Sample.append(series, i);
        pending.takeIn(series);
        pending.takeIn(Series.chunk(function, Sample.items(1, 2, 3), new RecordingSeriesSink()));
        takeIn(function, 5);
        assertThat(pending.size(100)).isEqualTo(16);
        assertThat(pending.size(12)).isEqualTo(12);
        Sample.append(series, 10);
        assertThat(pending.size(100)).isEqualTo(17);
        Batch taken = next(7);
        assertThat(pending.size(100)).isEqualTo(10);
        taken.giveBack(3, pending::putBack);
        assertThat(pending.size(100)).isEqualTo(14);
        assertThat(startNext(3)).isEqualTo(3);
        assertThat(pending.size(100)).isEqualTo(11);
        startNext(9);
        startNext(9);
        assertThat(pending.size(100)).isEqualTo(6);
        startNext(9);
        assertThat(pending.size(100)).isEqualTo(5);
        sinks.get(0).cancelled = true;
        assertThat(pending.isEmpty()).isFalse();
        assertThat(pending.size(100)).isEqualTo(4);
        startNext(3);
        assertThat(pending.size(100)).isEqualTo(1);
        pending.drain(work -> {});
        assertThat(pending.size(100)).isZero();
    }

    @Test
    void aChunkIsOneCallAndIsNotCut() {
        pending.takeIn(Series.chunk(function, Sample.items(1, 2, 3), new RecordingSeriesSink()));
        assertThat(pending.size(100)).isEqualTo(1);
        Batch batch = next(1);
        assertThat(batch.itemCount()).isEqualTo(3);
        assertThat(batch.callCount()).isEqualTo(1);
        assertThat(batch.isOneCall()).isTrue();
        batch.giveBack(0, pending::putBack);
        assertThat(pending.size(100)).isEqualTo(1);
        assertThat(next(1).itemCount()).isEqualTo(3);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void shutdownCancelsWhatNoWorkerHas() {
        RecordingSeriesSink sink = new RecordingSeriesSink();
        Series series = Series.open(function, 1000, 100, sink);
        for (int i = 0; i < 5; i++) Sample.append(series, i);
        pending.takeIn(series);
        takeIn(function, 1);
        assertThat(startNext(2)).isEqualTo(2);
        List<Unstarted> cancelled = new ArrayList<>();
        pending.drain(work -> work.cancelByPool(cancelled::add));
        assertThat(sink.told).containsExactly("cancelled 2+3");
        assertThat(cancelled)
                .extracting(Unstarted::description)
                .containsExactly("call=1 (f, item 2)", "call=1 (f, item 3)", "call=1 (f, item 4)", "call=2 (f)");
        // What is appended now must be submitted anew, which shutdown refuses.
        assertThat(Sample.append(series, 5)).isTrue();
        assertThat(series.wake()).isTrue();
    }
}
