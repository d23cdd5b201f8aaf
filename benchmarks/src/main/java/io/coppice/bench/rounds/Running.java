package io.coppice.bench.rounds;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A contender that was started. For one thread. */
final class Running implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Program program;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    Running(Program program) throws IOException {
        this.program = program;
        process = new ProcessBuilder(program.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Lets it measure once, and waits for that. */
    double[] round(double seconds) throws IOException {
        in.write(Rounds.ROUND + seconds + "\n");
        in.flush();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Rounds.FIGURES)) return figures(line.substring(Rounds.FIGURES.length()));
            System.err.println(program.name() + ": " + line); // of a library's, perhaps
        }
        throw new IOException("a contender has ended in a round; what it said is above: contender=%s, pid=%d"
                .formatted(program.name(), process.pid()));
    }

    private static double[] figures(String line) {
        String[] words = line.split(" ");
        double[] figures = new double[words.length];
        for (int i = 0; i < words.length; i++) figures[i] = Double.parseDouble(words[i]);
        return figures;
    }

    /** Its end of the line goes, so it ends too; what does not is killed, with what it has started. */
    @Override
    public void close() throws IOException, InterruptedException {
        try {
            in.close();
        } finally {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
