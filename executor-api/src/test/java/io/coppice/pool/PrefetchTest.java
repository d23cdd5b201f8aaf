package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Payload;
import org.junit.jupiter.api.Test;

class PrefetchTest {
    private static PoolFunction taking(double nanos) {
        PoolFunction function = PoolFunction.open(Payload.of(new byte[0]), () -> "f", Object.class, 0);
        int many = 1 << 20; // so that only time sets a limit
        function.pace.measured(many, (long) (nanos * many));
        return function;
    }

    private static final PoolFunction UNKNOWN =
            PoolFunction.open(Payload.of(new byte[0]), () -> "unknown", Object.class, 0);

    @Test
    void ofAFunctionThatWasNeverMeasuredAWorkerHasOneCall() {
        assertThat(Prefetch.forIdle(UNKNOWN)).isEqualTo(1);
        assertThat(Prefetch.forBusy(UNKNOWN, 1, 2, 0)).isZero();
    }

    @Test
    void quickCallsAreHandedOverAMillisecondAheadAndToppedUpAtHalf() {
        PoolFunction quick = taking(10_000);
        assertThat(Prefetch.forIdle(quick)).isEqualTo(100);
        assertThat(Prefetch.forBusy(quick, 100, 100, 1_000_000)).isZero();
        assertThat(Prefetch.forBusy(quick, 51, 100, 510_000)).isZero();
        assertThat(Prefetch.forBusy(quick, 40, 100, 400_000)).isEqualTo(60);
    }

    @Test
    void fewCallsAreToppedUpWhenHalfOfThemAreAnswered() {
        PoolFunction quick = taking(1_000);
        assertThat(Prefetch.forBusy(quick, 15, 20, 15_000)).isZero(); // those that come meanwhile go together
        assertThat(Prefetch.forBusy(quick, 10, 20, 10_000)).isEqualTo(990);
        assertThat(Prefetch.forBusy(quick, 1, 1, 1_000)).isEqualTo(999);
    }

    @Test
    void theQuickestAreLimitedByNumber() {
        PoolFunction quickest = taking(10);
        assertThat(Prefetch.forIdle(quickest)).isEqualTo(Prefetch.MOST_CALLS);
        assertThat(Prefetch.forBusy(quickest, Prefetch.MOST_CALLS / 4, Prefetch.MOST_CALLS, 10_000))
                .isEqualTo(Prefetch.MOST_CALLS - Prefetch.MOST_CALLS / 4);
        assertThat(Prefetch.forBusy(quickest, Prefetch.MOST_CALLS / 2 + 1, Prefetch.MOST_CALLS, 10_000))
                .isZero();
    }

    @Test
    void longCallsAreHandedOverOneByOne() {
        PoolFunction longer = taking(5_000_000);
        assertThat(Prefetch.forIdle(longer)).isEqualTo(1);
        assertThat(Prefetch.forBusy(longer, 1, 1, 5_000_000)).isZero();
        assertThat(Prefetch.forBusy(longer, 1, 1, 1_000)).isZero(); // though the one it has is about to end
    }
}
