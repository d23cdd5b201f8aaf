package io.coppice;

import io.coppice.ChunkSizes.Row;
import java.util.ArrayList;
import java.util.List;

/** A measurement as text: a table, and sentences. */
final class ChunkTable {
    private static final int COLUMNS = 80;
    private static final String LINE = "%1s %7s %14s %8s %9s %12s %12s %10s";

    private ChunkTable() {}

    static String of(ChunkSizes sizes) {
        List<String> lines = new ArrayList<>();
        lines.add(LINE.formatted("", "", "", "", "", "first", "longest", "overhead"));
        lines.add(LINE.formatted("", "workers", "chunksize", "items/s", "speed-up", "result", "wait", "per item"));
        int recommended = sizes.recommended();
        int workers = 0;
        for (Row row : sizes.rows()) {
            if (workers != 0 && workers != row.workers()) lines.add("");
            workers = row.workers();
            boolean isIt = workers == sizes.workers() && !row.isAuto() && row.chunksize() == recommended;
            lines.add(LINE.formatted(
                    isIt ? "*" : "",
                    workers,
                    row.isAuto() ? "auto (~" + row.chunksize() + ")" : row.chunksize(),
                    Figures.rate(row.itemsPerSecond()),
                    Figures.ratio(row.speedup()),
                    Figures.time(row.firstResult()),
                    Figures.time(row.longestWait()),
                    Figures.time(row.overheadPerItem())));
        }
        lines.add("");
        for (String sentence : sizes.advice()) wrap(sentence, lines);
        for (String note : sizes.notes()) wrap("Note: " + note, lines);
        return String.join("\n", lines);
    }

    private static void wrap(String sentence, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }
}
