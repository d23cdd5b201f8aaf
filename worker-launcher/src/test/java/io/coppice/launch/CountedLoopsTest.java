package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a worker's loops would keep it from halting. */
class CountedLoopsTest {
    private static final long MUCH = 8L << 30;

    @Test
    void theyRunOnUnderTheSerialAndTheParallelCollector() {
        assertThat(CountedLoops.runOn(List.of(), 2, MUCH)).isFalse();
        assertThat(CountedLoops.runOn(List.of("-XX:+UseG1GC"), 2, MUCH)).isFalse();
        assertThat(CountedLoops.runOn(List.of("-Xmx1g", "-XX:+UseSerialGC"), 2, MUCH))
                .isTrue();
        assertThat(CountedLoops.runOn(List.of("-XX:+UseParallelGC"), 2, MUCH)).isTrue();
    }

    @Test
    void aSmallMachineChoosesTheSerialOneByItself() {
        assertThat(CountedLoops.runOn(List.of(), 1, MUCH)).isTrue();
        assertThat(CountedLoops.runOn(List.of(), 2, 1L << 30)).isTrue();
        assertThat(CountedLoops.runOn(List.of(), 2, MachineMemory.UNKNOWN)).isFalse();
        assertThat(CountedLoops.runOn(List.of("-XX:+UseZGC"), 1, MUCH)).isFalse();
    }
}
