package io.coppice.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void figuresArePrintedWithThreeDigits() {
        assertThat(Unit.SECONDS.text(0.000_012_345)).isEqualTo("12.3 µs");
        assertThat(Unit.SECONDS.text(0.5)).isEqualTo("500 ms");
        assertThat(Unit.PER_SECOND.text(4_321_000)).isEqualTo("4.32 M/s");
        assertThat(Unit.PER_SECOND.text(4_321)).isEqualTo("4.32 k/s");
        assertThat(Unit.BYTES.text(120)).isEqualTo("120 B");
        assertThat(Unit.BYTES.text(20_500_000)).isEqualTo("20.5 MB");
        assertThat(Unit.BYTES_PER_SECOND.text(1.234e9)).isEqualTo("1.23 GB/s");
    }
}
