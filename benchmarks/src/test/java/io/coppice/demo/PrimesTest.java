package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PrimesTest {
    @Test
    void smallNumbersAreToldApart() {
        assertThat(LongStream.rangeClosed(-3, 30).filter(Primes::isPrime))
                .containsExactly(2L, 3L, 5L, 7L, 11L, 13L, 17L, 19L, 23L, 29L);
    }

    @Test
    void aSquareOfAPrimeIsNone() {
        assertThat(Primes.isPrime(1_000_003L * 1_000_003L)).isFalse();
    }

    @Test
    void theExamplesLastNumberIsNone() {
        assertThat(Primes.PRIMES).hasSize(6);
        assertThat(Primes.isPrime(Primes.PRIMES.get(5))).isFalse();
    }
}
