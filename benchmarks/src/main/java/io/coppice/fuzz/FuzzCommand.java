package io.coppice.fuzz;

import io.coppice.bench.rounds.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of {@code scripts/fuzz}. Exit codes: 0 nothing was found, 1 something was, 2 not understood.
 */
@Command(
        name = "scripts/fuzz",
        description = {
            "Feeds every decoder bytes that are nearly right, and fails on what is not documented: another exception,",
            "an input that takes long, memory out of proportion. What was found is saved."
        })
public final class FuzzCommand implements Callable<Integer> {
    private static final int SLICE = 1_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--inputs",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "How many, for all targets together (default: ${DEFAULT-VALUE}).")
    private long inputs;

    @Option(names = "--minutes", paramLabel = "M", description = "Ends after this time, if not before.")
    private double minutes = Double.MAX_VALUE;

    @Option(names = "--seed", paramLabel = "S", description = "As a run before has printed it: the same inputs.")
    private @Nullable Long seed;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Only targets whose name begins with this. May be repeated.")
    private List<String> only = List.of();

    @Option(names = "--threads", paramLabel = "T", description = "As many as there are processors by default.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--save-in",
            paramLabel = "FOLDER",
            defaultValue = "target/fuzz",
            description = "Where inputs are kept that something was found with (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("target", "fuzz");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean helpWanted;

    private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();

    private FuzzCommand() {}

    /**
     * Fuzzes, and ends this JVM.
     *
     * @param args options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FuzzCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Targets> targets = Targets.all().stream()
                .filter(target -> only.isEmpty() || only.stream().anyMatch(target.name()::startsWith))
                .toList();
        if (targets.isEmpty()) throw new ParameterException(spec().commandLine(), "no such target: " + only);
        long seed = this.seed != null ? this.seed : System.nanoTime();
        System.out.println("seed=" + seed);
        int shares = targets.stream().mapToInt(Targets::share).sum();
        long end = minutes > 1e6 ? Long.MAX_VALUE : (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        TextTable table = new TextTable(
                "lrrrrrr", "target", "inputs", "accepted", "refused", "inputs/s", "slowest ms", "most MB");
        long start = System.nanoTime();
        long all = 0;
        int sharesLeft = shares;
        for (Targets target : targets) {
            long now = System.nanoTime() - start; // what one leaves of its time is the others'
            long until =
                    end == Long.MAX_VALUE ? end : now + (long) ((end - now) * (double) target.share() / sharesLeft);
            sharesLeft -= target.share();
            Tally tally = fuzz(target, seed, Math.max(1, inputs * target.share() / shares), start, until);
            all += tally.inputs;
            table.add(row(target, tally));
        }
        System.out.print(table.text());
        System.out.printf("%,d inputs in %d s%n", all, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        for (Finding finding : findings) {
            System.out.printf(
                    "FOUND in %s: %s; seed=%d, input=%d, saved=%s%n",
                    finding.target(), finding.what(), seed, finding.number(), finding.savedIn(folder));
            if (finding.thrown() != null) finding.thrown().printStackTrace(System.out);
        }
        return findings.isEmpty() ? 0 : 1;
    }

    private CommandSpec spec() {
        if (spec == null) throw new IllegalStateException("picocli has not set it");
        return spec;
    }

    /** All threads at one target: what they do is comparable, and each has a decoder of its own. */
    private Tally fuzz(Targets target, long seed, long inputs, long start, long until) throws Exception {
        Tally all = new Tally();
        AtomicLong next = new AtomicLong();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++)
                running.add(workers.submit(() -> {
                    Fuzzing fuzzing = new Fuzzing(target.name(), target.made().get(), seed);
                    Tally own = new Tally();
                    do { // something of each, however late it is
                        long from = next.getAndAdd(SLICE);
                        if (from >= inputs) break;
                        Finding finding = fuzzing.run(from, Math.min(inputs, from + SLICE), own);
                        if (finding == null) continue;
                        findings.add(finding);
                        break;
                    } while (System.nanoTime() - start < until);
                    all.addAll(own);
                }));
            for (Future<?> each : running) each.get();
        } finally {
            workers.shutdown();
        }
        return all;
    }

    private static String[] row(Targets target, Tally tally) {
        return new String[] {
            target.name(),
            String.format("%,d", tally.inputs),
            String.format("%,d", tally.accepted),
            String.format("%,d", tally.inputs - tally.accepted),
            String.format("%,.0f", tally.inputs * 1e9 / Math.max(1, tally.nanos)),
            String.format("%.2f", tally.slowestNanos / 1e6),
            String.format("%.2f", tally.mostBytes / 1e6)
        };
    }
}
