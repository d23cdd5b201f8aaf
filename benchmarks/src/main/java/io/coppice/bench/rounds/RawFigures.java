package io.coppice.bench.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every round of every contender as CSV, in seconds, bytes, or so many a second. Written as they come. */
public final class RawFigures {
    private final @Nullable Path file;

    /**
     * Begins the file.
     *
     * @param file null if nobody wants it
     */
    public RawFigures(@Nullable Path file) throws IOException {
        this.file = file;
        if (file != null) Files.writeString(file, "contest,contender,round,figure,value\n");
    }

    /** Writes those of a contest. */
    public void add(Standing standing) throws IOException {
        if (file == null) return;
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, List<double[]>> contender : standing.figures().entrySet()) {
            int round = 0;
            for (double[] figures : contender.getValue()) {
                round++;
                for (int figure = 0; figure < figures.length; figure++)
                    lines.append("%s,%s,%d,%d,%s%n"
                            .formatted(standing.contest(), contender.getKey(), round, figure + 1, figures[figure]));
            }
        }
        Files.writeString(file, lines, StandardOpenOption.APPEND);
    }
}
