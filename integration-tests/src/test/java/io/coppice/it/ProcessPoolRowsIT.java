package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.MapOptions;
import io.coppice.ProcessPoolExecutor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What calls leave behind in a worker, and chunks. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class ProcessPoolRowsIT {
    @Test
    @Tag("P04")
    void chunksOfAnySizeGiveTheSameResults() {
        List<Integer> input = IntStream.range(0, 40).boxed().toList();
        List<Integer> expected = IntStream.range(1, 41).boxed().toList();
        try (var pool = new ProcessPoolExecutor(2)) {
            for (int chunksize : new int[] {6, 50, 40}) {
                assertThat(ExecutorContract.list(pool.map(Calls::increment, input, MapOptions.chunksize(chunksize))))
                        .isEqualTo(expected);
            }
            assertThatThrownBy(() -> pool.map(Calls::increment, input, MapOptions.chunksize(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** In the worker: what earlier calls were given and have returned. */
    private static final List<WeakReference<Object>> HELD_BY_CALLS = new ArrayList<>();

    private static Object remember(Object... values) {
        for (Object value : values) HELD_BY_CALLS.add(new WeakReference<>(value));
        return values[0];
    }

    /** In the worker: how many of them cannot be collected. */
    private static long stillHeld() throws InterruptedException {
        long held = HELD_BY_CALLS.size();
        for (int i = 0; i < 100 && held > 0; i++) {
            System.gc();
            held = HELD_BY_CALLS.stream()
                    .filter(reference -> reference.get() != null)
                    .count();
            if (held > 0) Thread.sleep(5);
        }
        return held;
    }

    @Test
    @Tag("P07")
    void aWorkerHoldsNothingOfACallThatHasEnded() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            List<String> captured = new ArrayList<>(List.of("captured"));
            pool.submit(
                            (List<String> argument) -> remember(new int[] {1}, argument, captured),
                            new ArrayList<>(captured))
                    .result();
            assertThat(pool.submit(ProcessPoolRowsIT::remembered).result()).isEqualTo(3);
            assertThat(pool.submit(ProcessPoolRowsIT::stillHeld).result()).isZero();
        }
    }

    private static int remembered() {
        return HELD_BY_CALLS.size();
    }
}
