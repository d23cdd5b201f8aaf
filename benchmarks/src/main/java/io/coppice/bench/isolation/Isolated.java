package io.coppice.bench.isolation;

import io.coppice.Executor;
import io.coppice.ProcessPoolExecutor;
import io.coppice.ThreadPoolExecutor;
import io.coppice.WorkerContext;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Program;
import io.coppice.bench.rounds.Rounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A workload on two threads of one JVM, or on two workers: two contenders. */
final class Isolated implements Contender {
    private static final int WORKERS = 2;

    private final Workload workload;
    private final Executor executor;

    private Isolated(Workload workload, Executor executor) {
        this.workload = workload;
        this.executor = executor;
    }

    /** Two threads; their JVM has the options. */
    static Program threads(Workload workload, String... options) {
        return Program.java("threads", List.of(options), Isolated.class, workload, "threads");
    }

    /** Two workers; they have the options. */
    static Program processes(Workload workload, String... options) {
        List<Object> arguments = new ArrayList<>(List.of(workload, "processes"));
        arguments.addAll(List.of(options));
        return Program.java("processes", Isolated.class, arguments.toArray());
    }

    /** {@code WORKLOAD threads|processes [WORKERS' OPTION...]}. */
    public static void main(String[] args) throws Exception {
        String[] options = Arrays.copyOfRange(args, 2, args.length);
        Executor executor = args[1].equals("threads")
                ? new ThreadPoolExecutor(WORKERS)
                : ProcessPoolExecutor.builder()
                        .maxWorkers(WORKERS)
                        .context(WorkerContext.spawn().jvmOptions(options))
                        .build();
        Rounds.serve(new Isolated(Workload.valueOf(args[0]), executor));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        return workload.round(executor, seconds);
    }

    @Override
    public void close() {
        executor.close();
    }
}
