package io.coppice.bench.isolation;

import io.coppice.bench.rounds.Effort;
import io.coppice.bench.rounds.EffortOptions;
import io.coppice.bench.rounds.Machine;
import io.coppice.bench.rounds.Median;
import io.coppice.bench.rounds.RawFigures;
import io.coppice.bench.rounds.Standing;
import io.coppice.bench.rounds.TextTable;
import io.coppice.bench.rounds.Unit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scripts/bench isolation}. */
@Command(
        name = "isolation",
        description = {
            "Runs the same calls on two threads of one JVM and on two workers: where processes win, where they lose.",
            "Let nothing else run meanwhile."
        })
public final class IsolationCommand implements Callable<Integer> {
    private static final int ROUND_SECONDS = 3; // several collections of a large heap

    @Mixin
    private EffortOptions options = new EffortOptions();

    @Option(
            names = "--only",
            paramLabel = "WORKLOAD",
            defaultValue = "",
            description = "Measures the workloads alone that have this in their name.")
    private String only = "";

    @Override
    public Integer call() throws Exception {
        List<IsolationRows> rows = IsolationRows.all().stream()
                .filter(row ->
                        row.workload().contains(only) || row.contest().name().contains(only))
                .toList();
        Effort effort = options.effort(ROUND_SECONDS);
        options.print(Machine.facts(), effort);
        RawFigures raw = new RawFigures(options.csv());
        TextTable table = new TextTable("llrrrr", "workload", "figure", "threads", "processes", "ratio", "rounds");
        int done = 0;
        for (IsolationRows row : rows) {
            System.err.printf("measuring %s (%d of %d) …%n", row.workload(), ++done, rows.size());
            Standing standing = row.contest().run(effort);
            raw.add(standing);
            for (int figure = 0; figure < row.figures().size(); figure++) add(table, row, standing, figure);
        }
        options.print(table);
        return 0;
    }

    private static void add(TextTable table, IsolationRows row, Standing standing, int figure) {
        double[] threads = standing.rounds("threads", figure);
        double[] processes = standing.rounds("processes", figure);
        double[] ratios = new double[threads.length];
        for (int round = 0; round < ratios.length; round++) ratios[round] = processes[round] / threads[round];
        Unit unit = row.figures().get(figure).unit();
        table.add(
                row.workload(),
                row.figures().get(figure).name(),
                unit.text(Median.of(threads)),
                unit.text(Median.of(processes)),
                Unit.number(Median.of(processes) / Median.of(threads)) + "×",
                Unit.number(Median.percentile(ratios, 0)) + " – " + Unit.number(Median.percentile(ratios, 1)));
    }
}
