package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coppice.ProcessPoolExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A first worker's process is started before its call is ready; it serves whichever call comes, or ends with the pool. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class StartAheadIT {
    private static void refuse(ProcessPoolExecutor pool) {
        Thread cannotBeSent = new Thread();
        assertThatIllegalArgumentException().isThrownBy(() -> pool.submit(Calls::echo, cannotBeSent));
    }

    @Test
    void aCallThatIsRefusedLeavesItsProcessToTheNext() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            refuse(pool);
            long pid = pool.submit(Calls::pid).result();
            assertThat(NothingLeftBehind.workers())
                    .extracting(ProcessHandle::pid)
                    .containsExactly(pid);
        }
    }

    @Test
    void aProcessThatNobodyNeedsEndsWithThePool() throws Exception {
        for (int i = 0; i < 5; i++) {
            var pool = new ProcessPoolExecutor(2);
            refuse(pool);
            pool.shutdown();
            assertThat(pool.awaitTermination(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(NothingLeftBehind.workers()).isEmpty();
        }
    }

    @Test
    void thereAreNeverMoreThanWorkersAllowed() throws Exception {
        try (var pool = new ProcessPoolExecutor(2)) {
            var results = pool.map(
                    Calls::increment,
                    java.util.stream.IntStream.range(0, 100).boxed().toList());
            int expected = 1;
            for (int result : results) assertThat(result).isEqualTo(expected++);
            assertThat(NothingLeftBehind.workers()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void aMapOfNothingStartsNothing() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThat(pool.map(Calls::increment, List.of()).hasNext()).isFalse();
            assertThat(NothingLeftBehind.workers()).isEmpty();
        }
    }
}
