package io.coppice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that is not ours and computes SHA-256. It reads the file from its stdin: a strange file name cannot be taken
 * for an option, nor for a sum in its answer.
 *
 * @param program where it is
 * @param command the program and its arguments
 */
record ShaTool(Path program, List<String> command) {
    private static final List<List<String>> KNOWN =
            List.of(List.of("sha256sum"), List.of("shasum", "-a", "256"), List.of("openssl", "dgst", "-sha256"));

    private static final Pattern SUM = Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])");
    private static final long PATIENCE_SECONDS = 60;

    /** The first of the known ones that is on this path of folders. */
    static Optional<ShaTool> on(String searchPath) {
        for (List<String> command : KNOWN)
            for (String folder : searchPath.split(File.pathSeparator, -1)) {
                if (folder.isEmpty()) continue;
                Path program = Path.of(folder).resolve(command.get(0));
                if (Files.isRegularFile(program) && Files.isExecutable(program))
                    return Optional.of(new ShaTool(program, command));
            }
        return Optional.empty();
    }

    /** {@code sha256sum} says {@code <sum>  -}, {@code openssl} says {@code SHA2-256(stdin)= <sum>}: find the sum. */
    static Optional<String> sumIn(String answer) {
        Matcher matcher = SUM.matcher(answer);
        if (!matcher.find()) return Optional.empty();
        String sum = matcher.group().toLowerCase(Locale.ROOT);
        return matcher.find() ? Optional.empty() : Optional.of(sum);
    }

    String sumOf(Path file) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.command().set(0, program.toString());
        Process process = builder.redirectInput(file.toFile()).start();
        try {
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0)
                throw new IOException(this + " failed: answer=" + answer.strip());
            return sumIn(answer).orElseThrow(() -> new IOException(this + " gave no sum: answer=" + answer.strip()));
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
