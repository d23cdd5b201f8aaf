package io.coppice.bench.rounds;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is measured, and how it is printed: the options that the table and the isolation share. */
public final class EffortOptions {
    private static final int QUICK_ROUNDS = 3;
    private static final int WARM_UPS = 3;
    private static final double QUICK_SECONDS = 0.4;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of each contender that count, after its warm-up; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Does all of it so many times with new processes; ${DEFAULT-VALUE} by default.")
    private int forks;

    @Option(names = "--quick", description = "For a look: short rounds, and 3 of them.")
    private boolean quick;

    @Option(names = "--markdown", description = "Prints a table for a document.")
    private boolean markdown;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes every round there.")
    private @Nullable Path csv;

    /** Where every round goes, or null. */
    public @Nullable Path csv() {
        return csv;
    }

    /**
     * How much is measured.
     *
     * @param seconds a round
     */
    public Effort effort(int seconds) {
        return quick
                ? new Effort(forks, WARM_UPS, Math.min(rounds, QUICK_ROUNDS), QUICK_SECONDS * seconds)
                : new Effort(forks, WARM_UPS, rounds, seconds);
    }

    /** What it was measured on, before it is. */
    public void print(Map<String, String> facts, Effort effort) {
        for (Map.Entry<String, String> fact : facts.entrySet())
            System.out.printf(markdown ? "- %s: %s%n" : "%-13s %s%n", fact.getKey(), fact.getValue());
        System.out.printf(
                markdown ? "- %s: %s%n" : "%-13s %s%n",
                "rounds",
                "%d of %.1f s after %d to warm up, in alternation; new processes %d ×"
                        .formatted(effort.rounds(), effort.roundSeconds(), effort.warmUps(), effort.forks()));
        System.out.println();
    }

    /** What came of it. */
    public void print(TextTable table) {
        System.out.print(markdown ? table.markdown() : table.text());
    }
}
