package io.coppice.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code scripts/chaos}. Exit codes: 0 the books are in order, 1 they are not, 2 not understood. */
@Command(
        name = "scripts/chaos",
        description = "Kills workers at random, in every way, while calls of every kind run, and audits every call.",
        sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {
    private static final int GONE_WITHIN_SECONDS = 10;

    @Option(names = "--minutes", defaultValue = "15", description = "How long; ${DEFAULT-VALUE} by default.")
    private double minutes;

    @Option(
            names = "--kills",
            defaultValue = "0",
            description = "Goes on until so many workers have died, three times as long at most.")
    private long kills;

    @Option(names = "--seed", description = "Of what is random but for the time; the clock's by default.")
    private @Nullable Long seed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean helpWanted;

    private ChaosCommand() {}

    /**
     * Runs, and ends this JVM.
     *
     * @param args options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ChaosCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        long first = seed == null ? System.currentTimeMillis() : seed;
        System.out.println("seed=" + first);
        Books books = new Books();
        Path folder = Files.createTempDirectory("chaos");
        long start = System.nanoTime();
        long length = (long) (minutes * Duration.ofMinutes(1).toNanos());
        for (long round = 0; goesOn(System.nanoTime() - start, length, books); round++) {
            new Round(first + round, folder, books).run();
            books.add(Books.Entry.LEAKED, leaked());
            System.out.printf(
                    "%4d s  pools=%d calls=%d deaths=%d lost=%d duplicated=%d wrong=%d leaked=%d%n",
                    Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                    books.count(Books.Entry.POOLS),
                    books.count(Books.Entry.CALLS),
                    books.deaths(),
                    books.count(Books.Entry.LOST),
                    books.count(Books.Entry.DUPLICATED),
                    books.count(Books.Entry.WRONG),
                    books.count(Books.Entry.LEAKED));
        }
        Files.delete(folder);
        System.out.println();
        books.lines().forEach((what, count) -> System.out.printf("%-30s %,12d%n", what, count));
        System.out.println();
        System.out.println(books.areInOrder() ? "the books are in order" : "THE BOOKS ARE NOT IN ORDER: seed=" + first);
        return books.areInOrder() ? 0 : 1;
    }

    private boolean goesOn(long passed, long length, Books books) {
        return passed < length || books.deaths() < kills && passed < 3 * length;
    }

    /** Processes and folders of the round that is over. */
    private static long leaked() throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(GONE_WITHIN_SECONDS).toNanos();
        while (leftovers() > 0 && System.nanoTime() < end) Thread.sleep(10);
        return leftovers();
    }

    private static long leftovers() throws IOException {
        String ours = "coppice-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(ours))
                            .count()
                    + ProcessHandle.current()
                            .children()
                            .filter(ProcessHandle::isAlive)
                            .count();
        }
    }
}
