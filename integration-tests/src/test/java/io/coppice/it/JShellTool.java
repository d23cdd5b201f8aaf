package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The real {@code jshell} of the JDK in use, with the jars of Coppice on its class path and nothing of the tests. */
final class JShellTool implements JShellSession {
    private static final String PROMPT = "jshell> ";
    private static final Pattern TESTS_ONLY = Pattern.compile("logback|junit|assertj|awaitility|archunit");

    private final Process process;
    private final Writer in;
    private final Reader out;

    private JShellTool(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** What a user's project has: Coppice and what it brings with it. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> !TESTS_ONLY
                        .matcher(Path.of(entry).getFileName().toString())
                        .find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @param temporary where the session, its JVM and its workers have their temporary files and their settings */
    static JShellTool start(Path temporary, String feedback) throws IOException {
        Path settings = Files.createDirectories(temporary.resolve("settings"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jshell").toString());
        command.addAll(List.of("--class-path", classPath(), "--feedback", feedback));
        for (String jvm : List.of("-J", "-R")) {
            command.add(jvm + "-Djava.io.tmpdir=" + temporary);
            command.add(jvm + "-XX:TieredStopAtLevel=1"); // it lives for seconds, most of which the compiler would take
        }
        command.add("-R-Dslf4j.internal.verbosity=ERROR"); // it would say that there is no provider
        command.add("-J-Djava.util.prefs.userRoot=" + settings);
        if (Runtime.version().feature() >= 24) command.add("-R--enable-native-access=ALL-UNNAMED");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        JShellTool tool = new JShellTool(process);
        tool.untilThePrompt();
        return tool;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public String type(String snippet) throws IOException {
        in.write(snippet + "\n");
        in.flush();
        return untilThePrompt();
    }

    @Override
    public String value(String expression) throws IOException {
        String answer = type(expression);
        int arrow = answer.indexOf(" ==> ");
        assertThat(arrow).as("%s: %s", expression, answer).isPositive();
        return answer.substring(arrow + " ==> ".length()).strip();
    }

    private String untilThePrompt() throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int next = out.read(); next >= 0; next = out.read()) {
            answer.append((char) next);
            int end = answer.length() - PROMPT.length();
            if (end >= 0 && answer.indexOf(PROMPT, end) == end)
                return answer.substring(0, end).replace(" \b", "").strip(); // which 17 writes behind its prompt
        }
        throw new AssertionError("jshell has ended: " + answer);
    }

    @Override
    public void close() throws Exception {
        in.write("/exit\n");
        in.close();
        boolean ended = process.waitFor(Delays.LONG.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended).as("jshell has ended").isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
