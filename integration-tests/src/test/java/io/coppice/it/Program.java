package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A whole program in a JVM of its own, on the tests' class path: to see how it ends. */
final class Program {
    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Program start(Path temporary, Class<?> main, String... arguments) throws IOException {
        return start(temporary, List.of(), System.getProperty("java.class.path"), main.getName(), arguments);
    }

    static Program start(Path temporary, List<String> jvmOptions, String classPath, String main, String... arguments)
            throws IOException {
        return startBy(List.of(), temporary, jvmOptions, classPath, main, arguments);
    }

    /** Through a command that becomes the program. */
    static Program startBy(
            List<String> by,
            Path temporary,
            List<String> jvmOptions,
            String classPath,
            String main,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(temporary, "out", ".txt");
        Path err = Files.createTempFile(temporary, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Program(process, out, err);
    }

    Process process() {
        return process;
    }

    /** Waits for the end, and gives the exit code. */
    int exitCode() throws InterruptedException {
        boolean ended = process.waitFor(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) process.destroyForcibly();
        assertThat(ended).as("program has ended, out=%s, err=%s", out(), err()).isTrue();
        return process.exitValue();
    }

    List<String> out() {
        return read(out);
    }

    List<String> err() {
        return read(err);
    }

    private static List<String> read(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
