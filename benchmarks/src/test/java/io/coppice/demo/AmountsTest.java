package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1550, 1.6 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "78123456, 78.1 MB",
        "9223372036854775807, 9.2 EB"
    })
    void bytesAreShortAndNeverAThousandOfAUnit(long bytes, String expected) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(expected);
    }

    @Test
    void ratesAreOverTheWholeTime() {
        assertThat(Amounts.bytesPerSecond(3_000_000, Duration.ofMillis(1500))).isEqualTo("2.0 MB/s");
        assertThat(Amounts.perSecond(3, Duration.ofMillis(1500))).isEqualTo("2.0");
        assertThat(Amounts.perSecond(300, Duration.ofMillis(1500))).isEqualTo("200");
        assertThat(Amounts.elapsed(Duration.ofMillis(1540))).isEqualTo("1.5 s");
    }

    @Test
    void whatTookNoTimeHasAFiniteRate() {
        assertThat(Amounts.perSecond(1, Duration.ZERO)).isEqualTo("1000000000");
        assertThat(Amounts.bytesPerSecond(0, Duration.ZERO)).isEqualTo("0 B/s");
    }

    @Test
    void ratioSaysHowManyTimesSmaller() {
        assertThat(Amounts.ratio(300, 100)).isEqualTo("3.00");
        assertThat(Amounts.ratio(0, 20)).isEqualTo("0.00");
        assertThat(Amounts.ratio(0, 0)).isEqualTo("1.00");
    }
}
