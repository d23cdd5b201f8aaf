package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may have pools, and how many levels below. */
class NestedPoolsTest {
    @AfterEach
    void asItWas() {
        System.clearProperty(NestedPools.PROPERTY);
    }

    @Test
    void aProcessThatIsNoWorkersHandsDownWhatItIsAsked() {
        assertThatCode(NestedPools::check).doesNotThrowAnyException();
        assertThat(NestedPools.belowAWorker(0)).isZero();
        assertThat(NestedPools.belowAWorker(2)).isEqualTo(2);
    }

    @Test
    void eachLevelHasOneLess() {
        System.setProperty(NestedPools.PROPERTY, "2");
        assertThatCode(NestedPools::check).doesNotThrowAnyException();
        assertThat(NestedPools.belowAWorker(0)).isZero();
        assertThat(NestedPools.belowAWorker(5)).isEqualTo(1);
    }

    @Test
    void aWorkerThatWasHandedNoneIsRefusedAndToldWhatToDo() {
        for (String none : new String[] {"0", "?"}) {
            System.setProperty(NestedPools.PROPERTY, none);
            assertThatThrownBy(NestedPools::check)
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContainingAll("nestedPools(1)", "ThreadPoolExecutor");
        }
    }
}
