package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a way of dealing with deaths takes, and how it reads. */
class OnWorkerDeathTest {
    @Test
    void aNumberIsAtLeastOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnWorkerDeath.retry(0))
                .withMessageContaining("times=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnWorkerDeath.replace().giveUpAfter(0))
                .withMessageContaining("deaths=0");
    }

    @Test
    void itReadsAsItIsWritten() {
        assertThat(List.of(
                        OnWorkerDeath.breakPool(),
                        OnWorkerDeath.breakPool().giveUpAfter(7),
                        OnWorkerDeath.replace(),
                        OnWorkerDeath.retry(3),
                        OnWorkerDeath.retry(3).giveUpAfter(7)))
                .extracting(OnWorkerDeath::toString)
                .containsExactly("breakPool()", "breakPool()", "replace()", "retry(3)", "retry(3).giveUpAfter(7)");
    }
}
