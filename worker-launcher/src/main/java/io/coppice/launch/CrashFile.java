package io.coppice.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a JVM's crash report (hs_err) says. It may be cut off anywhere, or be another file: what cannot be
 * found is null.
 *
 * @param signal such as SIGSEGV; null where the JVM itself gave up
 * @param problem why the JVM gave up, in its words
 * @param frame where it happened, as the report has it: {@code C  [libocr.so+0x1151]  page+0x21}
 */
public record CrashFile(
        @Nullable String signal,
        @Nullable String problem,
        @Nullable String frame) {
    /** What is looked for stands in the first lines, all of which begin with #. */
    private static final int READ_BYTES = 16 << 10;

    private static final int MOST_CHARACTERS = 300;

    private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+|EXCEPTION_[A-Z_]+) \\(0x[0-9a-f]+\\)");
    private static final Pattern PROBLEM = Pattern.compile(
            "#\\s+((?:Internal|Out of Memory) Error \\([^)]*\\)|Error: .*|fatal error: .*|guarantee\\(.*|assert\\(.*"
                    + "|There is insufficient memory for the Java Runtime Environment to continue\\..*)");
    private static final Pattern PROCESS = Pattern.compile("^#.*, pid=(\\d+), tid=", Pattern.MULTILINE);
    private static final Pattern LIBRARY = Pattern.compile("[A-Za-z]\\s+\\[(.+?\\+0x[0-9a-f]+)\\]");
    private static final Pattern KIND_OF_FRAME = Pattern.compile("[A-Za-z]\\s+");

    /** Null if there is no such file, nothing in it, or it tells of another process. */
    static @Nullable CrashFile read(Path file, long pid) {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(READ_BYTES);
        } catch (IOException | RuntimeException none) {
            return null;
        }
        String text = new String(head, StandardCharsets.UTF_8);
        Matcher process = PROCESS.matcher(text);
        return head.length == 0 || process.find() && !process.group(1).equals(Long.toString(pid)) ? null : parse(text);
    }

    static CrashFile parse(String head) {
        String signal = null;
        String problem = null;
        String frame = null;
        boolean frameIsNext = false;
        for (String line : (Iterable<String>) head.lines()::iterator) {
            if (!line.startsWith("#")) break;
            if (frameIsNext) frame = shortened(line.substring(1).strip());
            frameIsNext = line.startsWith("# Problematic frame:");
            Matcher signals = SIGNAL.matcher(line);
            if (signal == null && signals.lookingAt()) signal = signals.group(1);
            Matcher problems = PROBLEM.matcher(line);
            if (problems.lookingAt())
                problem = shortened(problem == null ? problems.group(1) : problem + ", " + problems.group(1));
        }
        return new CrashFile(signal, problem, frame == null || frame.isEmpty() ? null : frame);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    /** Whether the JVM gave up because there was no memory, its heap's or the system's. */
    boolean isOutOfMemory() {
        return problem != null
                && (problem.contains("Out of Memory Error")
                        || problem.contains("OutOfMemory")
                        || problem.contains("insufficient memory"));
    }

    /** For a message: {@code SIGSEGV in libocr.so+0x1151}. */
    String describe() {
        String what = signal != null ? signal : problem != null ? problem : "crash";
        if (frame == null) return what;
        Matcher library = LIBRARY.matcher(frame);
        return what + " in "
                + (library.lookingAt()
                        ? library.group(1)
                        : KIND_OF_FRAME.matcher(frame).replaceFirst(""));
    }
}
