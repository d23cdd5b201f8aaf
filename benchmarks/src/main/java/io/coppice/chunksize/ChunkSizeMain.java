package io.coppice.chunksize;

import io.coppice.BrokenExecutor;
import io.coppice.ChunkSizes;
import io.coppice.Output;
import io.coppice.ProcessPoolExecutor;
import io.coppice.UncheckedTimeoutException;
import io.coppice.WorkerContext;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code scripts/chunksize}. Exit codes: 0 measured, 1 not, 2 not understood. */
@Command(
        name = "scripts/chunksize",
        sortOptions = false,
        usageHelpWidth = 80,
        description = "Measures which chunk size suits a function of yours, on this machine, and writes a report.")
public final class ChunkSizeMain implements Callable<Integer> {
    @Option(
            names = "--function",
            paramLabel = "CLASS::METHOD",
            defaultValue = "io.coppice.demo.Primes::isPrime",
            description =
                    "A public static method of one argument: a String, or a number that each line is made into. Of"
                            + " overloads name the argument: com.acme.Job::run(long). By default ${DEFAULT-VALUE}.")
    private String function = "";

    @Option(
            names = "--inputs",
            paramLabel = "FILE",
            description = "The sample: an item a line, in UTF-8; - is stdin. By default ten thousand numbers.")
    private @Nullable String inputs;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Where the function's class is, with all that it needs.")
    @SuppressWarnings("UnusedVariable") // scripts/chunksize has started this JVM with it
    private @Nullable String classPath;

    @Option(
            names = "--workers",
            split = ",",
            paramLabel = "N",
            description = "Numbers of workers. By default 1, 2, 4, ... and one per processor.")
    private int @Nullable [] workers;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description = "Chunk sizes. By default 1, 2, 5, 10, ... up to the sample's size.")
    private int @Nullable [] sizes;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = DurationOption.class,
            description = "How long to measure: 500ms, 20s, 2m. By default ${DEFAULT-VALUE}.")
    private Duration budget = Duration.ZERO;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "chunksize-report",
            description = "Where to write report.html and chunksizes.csv. By default ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean helpWanted;

    private ChunkSizeMain() {}

    /**
     * Measures and ends this JVM.
     *
     * @param args as {@code --help} says
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new ChunkSizeMain())
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
                .execute(args);
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof UsageException) {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        boolean isOfTheFunction = failure instanceof CompletionException
                || failure instanceof UncheckedTimeoutException
                || failure instanceof IllegalArgumentException
                || failure instanceof BrokenExecutor;
        if (!isOfTheFunction) throw failure;
        command.getErr().println(failure.getMessage());
        if (failure instanceof CompletionException && failure.getCause() != null)
            failure.getCause().printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        StaticFunction measured = StaticFunction.named(function, ChunkSizeMain.class.getClassLoader());
        Inputs sample = Inputs.read(inputs, measured.inputType());
        Files.createDirectories(out); // before the time is spent
        ChunkSizes sizes = measure(measured, sample);
        PrintStream terminal = System.out;
        terminal.println(measured + " on " + sample.items().size() + " items: " + sample.name());
        terminal.println();
        terminal.println(sizes);
        terminal.println();
        Path page = out.resolve("report.html");
        Path table = out.resolve("chunksizes.csv");
        Files.writeString(table, Csv.of(sizes));
        System.setProperty("java.awt.headless", "true"); // charts are drawn into a file; not before: workers inherit it
        Files.writeString(page, new Report(sizes, function, sample, budget, MachineFacts.here()).html());
        terminal.println(page);
        terminal.println(table);
        return CommandLine.ExitCode.OK;
    }

    private ChunkSizes measure(StaticFunction measured, Inputs sample) {
        ChunkSizes.Options options = ChunkSizes.options().budget(budget);
        int most = Runtime.getRuntime().availableProcessors();
        if (workers != null) {
            options = options.workers(workers);
            most = 1;
            for (int count : workers) most = Math.max(most, count);
        }
        if (sizes != null) options = options.chunksizes(sizes);
        WorkerContext context =
                WorkerContext.spawn().output(Output.DISCARD); // thousands of runs print thousands of times
        try (SweepProgress progress = SweepProgress.onStderr();
                ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
                        .maxWorkers(most)
                        .context(context)
                        .build()) {
            try {
                return ChunkSizes.measure(pool, measured, sample.items(), options.onProgress(progress::show));
            } catch (RuntimeException failed) {
                pool.killWorkers(); // one may run for ever
                throw failed;
            }
        }
    }
}
