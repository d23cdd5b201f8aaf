package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TurnRangesTest {
    @Test
    void aTurnIsThereFromItsAddingToItsDropping() {
        TurnRanges ranges = new TurnRanges();
        assertThat(ranges.lowest()).isEqualTo(Long.MAX_VALUE);
        assertThat(ranges.add(5, 7)).isTrue();
        assertThat(ranges.add(6, 6)).isFalse();
        assertThat(ranges.contains(7)).isTrue();
        assertThat(ranges.contains(8)).isFalse();
        assertThat(ranges.lowest()).isEqualTo(5);
        ranges.dropBefore(7);
        assertThat(ranges.contains(7)).isTrue();
        ranges.dropBefore(8);
        assertThat(ranges.contains(7)).isFalse();
    }

    @Test
    void whateverIsAddedTheyAreASet() {
        long seed = Long.getLong("coppice.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            TurnRanges ranges = new TurnRanges();
            TreeSet<Long> model = new TreeSet<>();
            for (int i = 0; i < 12; i++) {
                long first = 1L + random.nextInt(30);
                long last = first + random.nextInt(6);
                boolean isNew = false;
                for (long turn = first; turn <= last; turn++) isNew |= model.add(turn);
                assertThat(ranges.add(first, last)).as("seed=%d", seed).isEqualTo(isNew);
                assertThat(ranges.lowest()).isEqualTo(model.first());
                for (long turn = 0; turn < 40; turn++)
                    assertThat(ranges.contains(turn))
                            .as("seed=%d, turn=%d", seed, turn)
                            .isEqualTo(model.contains(turn));
            }
        }
    }
}
