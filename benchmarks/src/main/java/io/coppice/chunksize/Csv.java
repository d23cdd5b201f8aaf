package io.coppice.chunksize;

import io.coppice.ChunkSizes;
import java.time.Duration;
import java.util.Locale;

/** All rows as comma-separated values, with a head; times in microseconds, the decimal point a point. */
final class Csv {
    private static final String HEAD =
            "workers,chunksize,auto,items_per_second,speedup,first_result_us,longest_wait_us,overhead_per_item_us,"
                    + "wall_us,spread,rounds\n";

    private Csv() {}

    static String of(ChunkSizes sizes) {
        StringBuilder lines = new StringBuilder(HEAD);
        for (ChunkSizes.Row row : sizes.rows())
            lines.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%b,%.1f,%s,%s,%s,%s,%s,%.4f,%d\n",
                    row.workers(),
                    row.chunksize(),
                    row.isAuto(),
                    row.itemsPerSecond(),
                    Double.isNaN(row.speedup()) ? "" : String.format(Locale.ROOT, "%.4f", row.speedup()),
                    micros(row.firstResult()),
                    micros(row.longestWait()),
                    micros(row.overheadPerItem()),
                    micros(row.wall()),
                    row.spread(),
                    row.rounds()));
        return lines.toString();
    }

    private static String micros(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e3);
    }
}
