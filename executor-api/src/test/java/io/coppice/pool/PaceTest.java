package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Pace pace = new Pace();

    @Test
    void oneCallFitsUntilSomethingWasMeasured() {
        assertThat(pace.isKnown()).isFalse();
        assertThat(pace.callsIn(MILLISECOND)).isEqualTo(1);
    }

    @Test
    void growsToTwiceTheLargestThatRanAndNoFurtherThanTheTimeAllows() {
        pace.measured(1, 10_000);
        assertThat(pace.isKnown()).isTrue();
        assertThat(pace.callsIn(MILLISECOND)).isEqualTo(2);
        for (int calls = 1; calls < 100; calls = pace.callsIn(MILLISECOND)) pace.measured(calls, calls * 10_000L);
        pace.measured(pace.callsIn(MILLISECOND), pace.callsIn(MILLISECOND) * 10_000L);
        assertThat(pace.callsIn(MILLISECOND)).isEqualTo(100); // 100 times 10 us are the millisecond
    }

    @Test
    void isOneForCallsThatTakeLonger() {
        for (int i = 0; i < 10; i++) pace.measured(1, 50 * MILLISECOND);
        assertThat(pace.callsIn(MILLISECOND)).isEqualTo(1);
    }

    @Test
    void shrinksWhenCallsBecomeSlower() {
        for (int i = 0; i < 30; i++) pace.measured(pace.callsIn(MILLISECOND), pace.callsIn(MILLISECOND) * 1_000L);
        int whenQuick = pace.callsIn(MILLISECOND);
        pace.measured(whenQuick, TimeUnit.SECONDS.toNanos(1));
        assertThat(pace.callsIn(MILLISECOND)).isLessThan(whenQuick / 10);
        for (int i = 0; i < 10; i++) pace.measured(1, TimeUnit.SECONDS.toNanos(1));
        assertThat(pace.callsIn(MILLISECOND)).isEqualTo(1);
    }

    @Test
    void copesWithCallsThatTakeNoTime() {
        for (int i = 0; i < 100; i++) pace.measured(pace.callsIn(MILLISECOND), 0);
        assertThat(pace.callsIn(MILLISECOND)).isPositive();
    }
}
