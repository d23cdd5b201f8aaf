package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SeriesTest {
    private final PoolFunction function = Sample.function("f");

    @Test
    void appendsUntilThereIsNoRoomForItemsOrBytes() {
        Series byItems = Series.open(function, 1000, 2, new RecordingSeriesSink());
        assertThat(Sample.append(byItems, 1)).isTrue();
        assertThat(Sample.append(byItems, 2)).isTrue();
        assertThat(Sample.append(byItems, 3)).isFalse();
        assertThat(byItems.size()).isEqualTo(2);
        Series byBytes = Series.open(function, 9, 100, new RecordingSeriesSink());
        assertThat(Sample.append(byBytes, 1)).isTrue();
        assertThat(Sample.append(byBytes, 2)).isFalse();
        assertThat(Sample.valuesOf(byBytes.take(5, 100).arguments())).containsExactly(1);
    }

    @Test
    void takesNoMoreBytesThanAllowedButOneItemAlways() {
        Series series = Series.open(function, 1000, 100, new RecordingSeriesSink());
        for (int i = 0; i < 10; i++) Sample.append(series, i);
        assertThat(series.take(10, 1).itemCount()).isEqualTo(1);
        assertThat(series.take(10, 14).itemCount()).isEqualTo(2);
        assertThat(series.take(10, 1000).itemCount()).isEqualTo(7);
    }

    @Test
    void anEmptyOneSleepsUntilSomethingIsAppended() {
        Series series = Series.open(function, 1000, 100, new RecordingSeriesSink());
        Sample.append(series, 1);
        assertThat(series.isUsedUp()).isFalse();
        assertThat(series.wake()).isFalse();
        series.take(1, 100);
        assertThat(series.isUsedUp()).isTrue();
        Sample.append(series, 2);
        assertThat(series.wake()).isTrue();
        assertThat(series.wake()).isFalse(); // one puts it back
        series.take(1, 100);
        series.close();
        assertThat(series.isUsedUp()).isTrue();
        assertThat(series.wake()).isFalse();
    }

    @Test
    void aClosedOneTakesNothingMore() {
        Series series = Series.open(function, 1000, 100, new RecordingSeriesSink());
        series.close();
        assertThat(Sample.append(series, 1)).isFalse();
    }

    /** The producer against the dispatcher: each item is taken once, in order, and none is left lying. */
    @Test
    void noItemIsLeftLyingWhateverTheMoment() throws InterruptedException {
        int rounds = 300;
        int items = 2000;
        ConcurrentLinkedQueue<Series> inbox = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Series> made = new ArrayList<>();
        Thread producer = new Thread(() -> {
            for (int round = 0; round < rounds; round++) {
                Series series = Series.open(function, items * 5, items, new RecordingSeriesSink());
                for (int i = 0; i < items; i++) {
                    Sample.append(series, i);
                    if (i == 0 || series.wake()) inbox.add(series);
                    if (i % 64 == 0) Thread.onSpinWait();
                }
                series.close();
                made.add(series);
            }
            over.set(true);
        });
        producer.start();
        long taken = 0;
        while (true) {
            boolean wasOver = over.get();
            Series series = inbox.poll();
            if (series == null) {
                if (wasOver) break;
                continue;
            }
            while (!series.isUsedUp()) taken += series.take(3, 1000).itemCount();
        }
        producer.join();
        assertThat(taken).isEqualTo((long) rounds * items);
        assertThat(made).allMatch(series -> series.size() == 0);
    }
}
