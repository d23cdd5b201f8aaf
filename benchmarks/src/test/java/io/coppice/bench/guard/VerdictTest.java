package io.coppice.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    /** Costs what it is told, at most 10. */
    private record Told(Deque<Double> costs) implements Check {
        Told(Double... costs) {
            this(new ArrayDeque<>(List.of(costs)));
        }

        @Override
        public String name() {
            return "told";
        }

        @Override
        public String against() {
            return "";
        }

        @Override
        public double limit() {
            return 10;
        }

        @Override
        public void warmUp() {}

        @Override
        public double ours(int times) {
            return costs.remove() * times;
        }
    }

    @Test
    void theBestRoundCounts() throws Exception {
        assertThat(Verdict.of(new Told(90.0, 9.0, 80.0), 1, 3).passes()).isTrue();
    }

    @Test
    void whatIsTooDearInAllRoundsFails() throws Exception {
        assertThat(Verdict.of(new Told(11.0, 12.0, 11.0, 12.0), 1, 4).passes()).isFalse();
    }

    @Test
    void measuringGoesOnUntilItPasses() throws Exception {
        Told check = new Told(90.0, 80.0, 70.0, 9.0, 60.0);
        assertThat(Verdict.of(check, 1, 5).passes()).isTrue();
        assertThat(check.costs()).containsExactly(60.0);
    }

    @Test
    void aSlowerOneFails() throws Exception {
        assertThat(Verdict.of(new Told(5.0, 5.0), 3, 2).passes()).isFalse();
    }
}
