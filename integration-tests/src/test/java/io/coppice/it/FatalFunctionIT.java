package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.BrokenProcessPool;
import io.coppice.Future;
import io.coppice.OnWorkerDeath;
import io.coppice.ProcessPoolExecutor;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** To read the function is a part of its call: one that kills whoever reads it, or is read for ever, costs that call. */
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
class FatalFunctionIT {
    private record Bomb(boolean spins) implements Serializable {
        private Object readResolve() {
            while (spins) Thread.onSpinWait();
            Runtime.getRuntime().halt(9);
            return this;
        }
    }

    @Test
    void aFunctionThatKillsWhoReadsItIsReadOnce() throws Exception {
        Bomb bomb = new Bomb(false);
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .onWorkerDeath(OnWorkerDeath.replace().giveUpAfter(3))
                .build()) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            Future<String> fatal = pool.submit(() -> bomb.toString());
            Future<Integer> next = pool.submit(() -> 2);
            assertThat(fatal.exception()).isInstanceOf(BrokenProcessPool.class);
            assertThat(next.result()).isEqualTo(2);
        }
    }

    @Test
    void aFunctionThatIsReadForEverIsStopped() throws Exception {
        Bomb bomb = new Bomb(true);
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            Future<String> stuck = pool.withTimeout(Duration.ofMillis(50), Duration.ofMillis(50))
                    .submit(() -> bomb.toString());
            Future<Integer> next = pool.submit(() -> 2);
            assertThat(stuck.exception()).isInstanceOf(TimeoutException.class);
            assertThat(next.result()).isEqualTo(2);
        }
    }
}
