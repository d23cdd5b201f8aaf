package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private final BatchSize size = new BatchSize();

    @Test
    void isOneUntilSomethingWasMeasured() {
        assertThat(size.get()).isEqualTo(1);
    }

    @Test
    void growsToTwiceTheLargestThatRanAndNoFurtherThanTheTimeAllows() {
        size.measured(1, TimeUnit.MICROSECONDS.toNanos(10));
        assertThat(size.get()).isEqualTo(2);
        for (int items = size.get(); items < 1000; items = size.get()) size.measured(items, items * 10_000L);
        size.measured(size.get(), size.get() * 10_000L);
        assertThat(size.get()).isEqualTo(1000); // 1000 times 10 us are the 10 ms
    }

    @Test
    void isOneForItemsThatTakeLongerThanABatch() {
        for (int i = 0; i < 10; i++) size.measured(size.get(), TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(size.get()).isEqualTo(1);
    }

    @Test
    void shrinksWhenItemsBecomeSlower() {
        for (int i = 0; i < 30; i++) size.measured(size.get(), size.get() * 1_000L);
        int whenQuick = size.get();
        size.measured(whenQuick, TimeUnit.SECONDS.toNanos(1));
        assertThat(size.get()).isLessThan(whenQuick / 10);
        for (int i = 0; i < 10; i++) size.measured(1, TimeUnit.SECONDS.toNanos(1));
        assertThat(size.get()).isEqualTo(1);
    }

    @Test
    void copesWithItemsThatTakeNoTime() {
        for (int i = 0; i < 100; i++) size.measured(size.get(), 0);
        assertThat(size.get()).isPositive();
    }
}
