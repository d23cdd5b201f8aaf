package io.coppice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measurements that nobody has taken: in this package, as they cannot be made in another. */
public final class MeasuredSizes {
    private MeasuredSizes() {}

    /** Of 1 and 2 workers, with chunk sizes 1, 10 and 100; the best is 100, the recommended one 10. */
    public static ChunkSizes some(String... notes) {
        List<ChunkSizes.Row> rows = new ArrayList<>();
        for (int workers = 1; workers <= 2; workers++) {
            rows.add(row(workers, 1, false, 1e4));
            rows.add(row(workers, 10, false, 9.9e5));
            rows.add(row(workers, 100, false, 1e6));
            rows.add(row(workers, 64, true, 9e5));
        }
        return new ChunkSizes(2, 500, 1_000, Duration.ofNanos(700), rows, List.of(notes));
    }

    private static ChunkSizes.Row row(int workers, int chunksize, boolean isAuto, double itemsPerSecond) {
        return new ChunkSizes.Row(
                workers,
                chunksize,
                isAuto,
                itemsPerSecond,
                workers == 1 ? Double.NaN : 1.25,
                Duration.ofNanos(123_456),
                Duration.ofMillis(3),
                Duration.ofNanos(-20),
                Duration.ofMillis(20),
                0.015,
                15);
    }
}
