package io.coppice.bench.table;

import io.coppice.bench.isolation.IsolationCommand;
import io.coppice.bench.rounds.Contest;
import io.coppice.bench.rounds.Effort;
import io.coppice.bench.rounds.EffortOptions;
import io.coppice.bench.rounds.Machine;
import io.coppice.bench.rounds.RawFigures;
import io.coppice.bench.rounds.Standing;
import io.coppice.bench.rounds.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of {@code scripts/bench}. */
@Command(
        name = "scripts/bench",
        description = {
            "Measures Coppice beside others, in alternation, and prints what it set out to reach and what it does.",
            "Let nothing else run meanwhile."
        },
        subcommands = IsolationCommand.class)
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private EffortOptions options = new EffortOptions();

    @Option(
            names = "--only",
            paramLabel = "ROW",
            split = ",",
            description = "Measures these rows alone: names of the first column, or how they begin. May be repeated.")
    private List<String> only = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean helpWanted;

    private BenchCommand() {}

    /**
     * Measures and ends this JVM: 0 all is reached, 1 a goal is missed, 2 not understood.
     *
     * @param args options, or a subcommand with its own
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Row> rows = chosen();
        Map<String, String> facts = Machine.facts();
        Effort effort = options.effort(1);
        options.print(facts, effort);
        boolean python = Machine.python() != null;
        Map<String, Standing> standings = new HashMap<>();
        Set<Contest> contests = new LinkedHashSet<>();
        for (Row row : rows) contests.add(row.contest());
        RawFigures raw = new RawFigures(options.csv());
        int done = 0;
        for (Contest contest : contests) {
            System.err.printf("measuring %s (%d of %d) …%n", contest.name(), ++done, contests.size());
            Standing standing = (python ? contest : contest.withoutPython()).run(effort);
            standings.put(contest.name(), standing);
            raw.add(standing);
        }
        TextTable table = new TextTable(
                "lllrrrrrrl",
                "row",
                "measure",
                "against",
                "ours",
                "theirs",
                "ratio",
                "rounds",
                "must",
                "aim",
                "verdict");
        boolean missed = false;
        for (Row row : rows) {
            Standing standing = standings.get(row.contest().name());
            if (standing == null) throw new IllegalStateException("not measured: row=" + row.name());
            String[] cells = row.isIn(standing) ? row.cells(standing) : row.cellsWithout();
            missed |= cells[cells.length - 1].equals(Goal.MISSED);
            table.add(cells);
        }
        options.print(table);
        return missed ? 1 : 0;
    }

    private List<Row> chosen() {
        List<Row> all = Rows.all();
        if (only.isEmpty()) return all;
        List<Row> chosen = new ArrayList<>();
        for (Row row : all) if (isChosen(row, all)) chosen.add(row);
        if (chosen.isEmpty() && spec != null)
            throw new ParameterException(
                    spec.commandLine(),
                    "no such row: only=%s, rows=%s"
                            .formatted(only, all.stream().map(Row::name).toList()));
        return chosen;
    }

    private boolean isChosen(Row row, List<Row> all) {
        for (String name : only) {
            boolean isARow = all.stream().anyMatch(each -> each.name().equals(name));
            if (isARow ? row.name().equals(name) : row.name().startsWith(name)) return true;
        }
        return false;
    }
}
