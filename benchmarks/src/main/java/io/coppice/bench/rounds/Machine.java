package io.coppice.bench.rounds;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What figures were measured on. */
public final class Machine {
    private static final int ANSWER_SECONDS = 20;

    private Machine() {}

    /** The facts, by name. */
    public static Map<String, String> facts() {
        OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processors", os.getAvailableProcessors() + " × " + processor());
        facts.put("memory", "%.1f GiB".formatted(os.getTotalMemorySize() / (double) (1 << 30)));
        facts.put("system", os.getName() + " " + os.getVersion() + " " + os.getArch());
        facts.put("load before", load(os));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        String python = python();
        facts.put("python", python != null ? python : "none: its rows are left out");
        facts.put("commit", commit());
        return facts;
    }

    private static String load(OperatingSystemMXBean os) {
        double load = os.getSystemLoadAverage();
        return load < 0 ? "unknown" : "%.2f (average of a minute)".formatted(load);
    }

    private static String processor() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo")))
                if (line.startsWith("model name"))
                    return line.substring(line.indexOf(':') + 1).strip();
        } catch (IOException notLinux) {
            // says so below
        }
        return "unknown";
    }

    /** The version of the Python that would be used; null if there is none. */
    public static @Nullable String python() {
        return firstLine("python3", "-c", "import sys; print(sys.implementation.name, sys.version.split()[0])");
    }

    private static String commit() {
        String hash = firstLine("git", "rev-parse", "--short", "HEAD");
        if (hash == null) return "unknown";
        return firstLine("git", "status", "--porcelain", "--untracked-files=no") == null ? hash : hash + ", changed";
    }

    /** What a command says; null if it fails, or says nothing. */
    private static @Nullable String firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(new File(ClassPath.bare())) // in the repository, if there is one
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return ended ? out.lines().findFirst().orElse(null) : null;
        } catch (IOException notThere) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
