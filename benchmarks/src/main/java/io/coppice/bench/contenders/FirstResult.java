package io.coppice.bench.contenders;

import io.coppice.Executor;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import io.coppice.bench.rounds.ProcessFacts;
import java.lang.management.ManagementFactory;

/** A whole program that has one call to make. */
public final class FirstResult {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int PAUSE_MILLIS = 500;

    private FirstResult() {}

    /**
     * {@code processes|threads|worker-cpu|archive}: prints the result; or the CPU seconds that its worker had used by
     * then; or, at last, whether a worker has an archive of its classes.
     */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "processes" -> call(new ProcessPoolExecutor(1));
            case "threads" -> call(new ThreadPoolExecutor(1));
            case "worker-cpu" -> workersCpu();
            case "archive" -> archive();
            default -> throw new IllegalArgumentException("not understood: part=" + args[0]);
        }
    }

    private static void call(Executor executor) throws Exception {
        try (executor) {
            System.out.println(executor.submit(Tiny::increment, 1L).get());
        }
    }

    private static void workersCpu() throws Exception {
        try (ProcessPoolExecutor pool = new ProcessPoolExecutor(1)) {
            pool.submit(Tiny::increment, 1L).get();
            long worker =
                    ProcessHandle.current().children().findFirst().orElseThrow().pid();
            System.out.println(ProcessFacts.cpuSeconds(worker));
        }
    }

    /** The archive is made in the background of a pool; a later worker has it. */
    private static void archive() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        boolean made = false;
        try (ProcessPoolExecutor pool =
                ProcessPoolExecutor.builder().maxWorkers(1).maxTasksPerChild(1).build()) {
            while (!made && System.nanoTime() < end) {
                made = pool.submit(FirstResult::hasArchive).get();
                if (!made) Thread.sleep(PAUSE_MILLIS);
            }
        }
        System.out.println(made);
    }

    private static boolean hasArchive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(option -> option.startsWith("-XX:SharedArchiveFile"));
    }
}
