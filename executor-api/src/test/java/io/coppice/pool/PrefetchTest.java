package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Payload;
import org.junit.jupiter.api.Test;

class PrefetchTest {
    private static PoolFunction taking(double nanos) {
        PoolFunction function =
                PoolFunction.open(Payload.of(new byte[0]), () -> "f", Object.class, 0, new Pace(), null);
        int many = 1 << 20; // so that only time sets a limit
        function.pace.measured(many, (long) (nanos * many));
        return function;
    }

    private static final PoolFunction UNKNOWN =
            PoolFunction.open(Payload.of(new byte[0]), () -> "unknown", Object.class, 0, new Pace(), null);

    @Test
    void ofAFunctionThatWasNeverMeasuredAWorkerHasOneCall() {
        assertThat(Prefetch.forIdle(UNKNOWN)).isEqualTo(1);
        assertThat(Prefetch.ahead(UNKNOWN, 1, 0)).isZero();
    }

    @Test
    void quickCallsAreHandedOverAMillisecondAhead() {
        PoolFunction quick = taking(10_000);
        assertThat(Prefetch.forIdle(quick)).isEqualTo(100);
        assertThat(Prefetch.ahead(quick, 40, 400_000)).isEqualTo(60);
        assertThat(Prefetch.ahead(quick, 100, 1_000_000)).isZero();
    }

    @Test
    void aWorkerIsToppedUpWhenHalfOfItsCallsAndOfItsTimeAreLeft() {
        assertThat(Prefetch.isDue(51, 100, 10_000)).isFalse();
        assertThat(Prefetch.isDue(50, 100, 10_000)).isTrue();
        assertThat(Prefetch.isDue(50, 100, 510_000)).isFalse();
        assertThat(Prefetch.isDue(1, 1, 1_000)).isTrue(); // or it would have to wait for the next
    }

    @Test
    void theQuickestAreLimitedByNumber() {
        PoolFunction quickest = taking(10);
        int most = Prefetch.MOST_CALLS;
        assertThat(Prefetch.forIdle(quickest)).isEqualTo(most);
        assertThat(Prefetch.ahead(quickest, most / 4, 10_000)).isEqualTo(most - most / 4);
        assertThat(Prefetch.ahead(quickest, most, 10_000)).isZero();
    }

    @Test
    void longCallsAreHandedOverOneByOne() {
        PoolFunction longer = taking(5_000_000);
        assertThat(Prefetch.forIdle(longer)).isEqualTo(1);
        assertThat(Prefetch.ahead(longer, 1, 1_000)).isZero(); // though the one it has is about to end
    }
}
