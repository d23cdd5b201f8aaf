package io.coppice.bench.contenders;

import io.coppice.bench.rounds.ClassPath;
import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Median;
import io.coppice.bench.rounds.ProcessFacts;
import io.coppice.bench.rounds.Program;
import io.coppice.bench.rounds.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts JVMs and waits for their end, several a round: wall time, CPU time, or what they print themselves. */
public final class Launches implements Contender {
    static final int LAUNCHES = 5; // the kernel counts CPU time in hundredths of a second

    private final Figure figure;
    private final int launches;
    private final List<String> command;

    private Launches(Figure figure, int launches, List<String> command) {
        this.figure = figure;
        this.launches = launches;
        this.command = command;
    }

    /** What a launch is asked for, in seconds. */
    public enum Figure {
        /** From the start to the end. */
        WALL,
        /** Of the process and those that it has started and waited for. */
        CPU,
        /** What it prints. */
        PRINTED
    }

    /** {@code FIGURE hello|processes|threads|worker-cpu [JVM OPTION...]}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(
                of(Figure.valueOf(args[0]), LAUNCHES, args[1], List.of(args).subList(2, args.length)));
    }

    /**
     * Launches of a program.
     *
     * @param launches a round
     * @param program {@code hello}, or a part of {@link FirstResult}
     * @param options of its JVM
     */
    public static Launches of(Figure figure, int launches, String program, List<String> options) {
        return new Launches(
                figure,
                launches,
                program.equals("hello")
                        ? Program.javaCommand(options, ClassPath.bare(), Hello.class)
                        : Program.javaCommand(options, ClassPath.ofAUser(), FirstResult.class, program));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        double[] figures = new double[launches];
        double cpu = ProcessFacts.childrensCpuSeconds();
        for (int i = 0; i < launches; i++) {
            long start = System.nanoTime();
            String printed = launch();
            figures[i] = figure == Figure.PRINTED ? Double.parseDouble(printed) : (System.nanoTime() - start) / 1e9;
        }
        if (figure == Figure.CPU) return new double[] {(ProcessFacts.childrensCpuSeconds() - cpu) / launches};
        return new double[] {Median.of(figures)};
    }

    /** What it prints. */
    String launch() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = process.waitFor();
        if (exit != 0) throw new IOException("a launch has failed: exit=%d, command=%s".formatted(exit, command));
        return printed;
    }
}
