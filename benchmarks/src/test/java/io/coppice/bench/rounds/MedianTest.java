package io.coppice.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void ofAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Median.of(9, 1, 5)).isEqualTo(5);
    }

    @Test
    void ofAnEvenNumberIsTheMeanOfTwo() {
        assertThat(Median.of(9, 1, 5, 6)).isEqualTo(5.5);
    }

    @Test
    void leastAndGreatestAreTheEndsOfThePercentiles() {
        double[] figures = {9, 1, 5};
        assertThat(Median.percentile(figures, 0)).isEqualTo(1);
        assertThat(Median.percentile(figures, 1)).isEqualTo(9);
    }
}
