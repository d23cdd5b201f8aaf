package io.coppice.bench.guard;

import io.coppice.bench.contenders.Tiny;
import io.coppice.bench.rounds.ProcessFacts;
import io.coppice.bench.rounds.TextTable;
import io.coppice.bench.rounds.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of {@code scripts/bench-guard}. Exit codes: 0 nothing is too dear, 1 something is, 2 not
 * understood.
 */
@Command(
        name = "scripts/bench-guard",
        description =
                "Fails if a call costs twice what it did when the limits were set. No absolute time is asked for.")
public final class GuardCommand implements Callable<Integer> {
    private static final int SLOWER = 8;
    private static final int FEW_ATTEMPTS = 2;
    private static final int MANY_ATTEMPTS = 10;

    @Option(
            names = "--self-test",
            description = "Fails unless every check fails where everything of Coppice's is done " + SLOWER + " times.")
    private boolean selfTest;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean helpWanted;

    private GuardCommand() {}

    /** Makes a check, which starts its processes. */
    private interface Made {
        Check check() throws Exception;
    }

    /**
     * Checks, and ends this JVM.
     *
     * @param args options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new GuardCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        TextTable table = new TextTable("llrrrr", "cost", "against", "ours", "theirs", "ratio", "limit");
        List<String> wrong = new ArrayList<>();
        for (Made made : checks()) {
            try (Check check = made.check()) {
                Verdict verdict =
                        selfTest ? Verdict.of(check, SLOWER, FEW_ATTEMPTS) : Verdict.of(check, 1, MANY_ATTEMPTS);
                table.add(cells(check, verdict));
                if (verdict.passes() == selfTest) wrong.add(check.name());
            }
        }
        System.out.print(table.text());
        if (wrong.isEmpty()) return 0;
        System.out.println(
                selfTest
                        ? "these would not notice a Coppice that is %d times slower: %s; lower their limits"
                                .formatted(SLOWER, wrong)
                        : "too dear, in the best of many rounds: %s; see what has changed".formatted(wrong));
        return 1;
    }

    private static List<Made> checks() {
        List<Made> checks = new ArrayList<>();
        checks.add(() -> new MapCheck(1, false, Limits.MAP_WALL));
        checks.add(SubmitCheck::new);
        checks.add(BulkCheck::new);
        checks.add(() -> new CountCheck("map, bytes allocated", true, new AllocatedBytes(), Limits.MAP_BYTES));
        checks.add(() -> new CountCheck("submit, bytes allocated", false, new AllocatedBytes(), Limits.SUBMIT_BYTES));
        if (!ProcessFacts.areKnown()) {
            System.err.println("no /proc here: CPU times and writes are not checked");
            return checks;
        }
        checks.add(() -> new MapCheck(1, true, Limits.MAP_CPU));
        checks.add(() -> new MapCheck(100, true, Limits.MAP_CHUNKS_CPU));
        CountCheck.Count writes =
                pool -> ProcessFacts.writes(pool.submit(Tiny::pid).get());
        checks.add(() -> new CountCheck("map, answers written", true, writes, Limits.MAP_WRITES));
        checks.add(() -> new CountCheck("submit, answers written", false, writes, Limits.SUBMIT_WRITES));
        checks.add(StartCheck::new);
        return checks;
    }

    private static String[] cells(Check check, Verdict verdict) {
        boolean counted = check.against().isEmpty();
        return new String[] {
            check.name(),
            check.against(),
            counted ? "" : Unit.SECONDS.text(verdict.ours()),
            counted ? "" : Unit.SECONDS.text(verdict.theirs()),
            Unit.number(verdict.ratio()) + (counted ? "" : "×"),
            Unit.number(verdict.limit()) + (counted ? "" : "×")
        };
    }
}
