package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import io.coppice.Futures;
import io.coppice.ThreadPoolExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Futures that end while wait registers with them; about threads only, as in Python. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class WaitRaceTest {
    private static final int CALLS = 100;

    @Test
    @Tag("W09")
    void aWaitForCallsThatAllEndAtOnceReturns() throws Exception {
        try (var pool = new ThreadPoolExecutor(CALLS)) {
            for (int round = 0; round < 200; round++) {
                CountDownLatch go = new CountDownLatch(1);
                List<Future<Integer>> futures = new ArrayList<>();
                for (int i = 0; i < CALLS; i++) {
                    int result = i;
                    futures.add(pool.submit(() -> {
                        go.await();
                        return result;
                    }));
                }
                go.countDown();
                assertThat(Futures.wait(futures).done()).hasSize(CALLS);
            }
        }
    }
}
