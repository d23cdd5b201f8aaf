package io.coppice.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options this JVM was started with, as they stand on its command line, where that says all: the JDK tells them too,
 * through its management beans, whose loading takes longer than the start of a process. Linux only.
 */
final class CommandLine {
    /** Options of the launcher or the JVM that have their value as an argument of its own. */
    private static final List<String> WITH_VALUE = List.of("-cp", "-classpath", "--class-path", "-p", "--module-path");

    /** What follows is no option of the JVM any more. */
    private static final List<String> LAST = List.of("-jar", "-m", "--module");

    /** Besides -D and -X: what means the same to the JVM as it stands there. */
    private static final List<String> AS_THEY_ARE =
            List.of("-ea", "-da", "-esa", "-dsa", "-enable", "-disable", "-agent");

    /** Files and variables that have options of their own. */
    private static final List<String> ELSEWHERE = List.of("-XX:Flags=", "-XX:VMOptionsFile=", "-XX:+ReadVMOptionsFile");

    private CommandLine() {}

    /** Null if that cannot be told from it. */
    static @Nullable List<String> ofThisJvm() {
        for (String variable : InheritedOptions.OPTION_VARIABLES) if (System.getenv(variable) != null) return null;
        if (System.getProperty("sun.java.command", "").startsWith("jdk.compiler/")) return null; // a source file
        try {
            String java = Path.of(System.getProperty("java.home"), "bin", "java")
                    .toRealPath()
                    .toString();
            if (!Files.readSymbolicLink(Path.of("/proc/self/exe")).toString().equals(java)) return null;
            try (InputStream line = new FileInputStream("/proc/self/cmdline")) { // nothing else to be loaded
                return options(new String(line.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException notTold) {
            return null;
        }
    }

    /** @param line the command and its arguments, each with a 0 behind it */
    static @Nullable List<String> options(String line) {
        List<String> options = new ArrayList<>();
        int at = line.indexOf(0) + 1;
        while (at > 0 && at < line.length()) {
            int end = line.indexOf(0, at);
            if (end < 0) return null;
            String argument = line.substring(at, end);
            at = end + 1;
            if (LAST.contains(argument) || !argument.isEmpty() && "-@".indexOf(argument.charAt(0)) < 0) return options;
            if (WITH_VALUE.contains(argument)) at = line.indexOf(0, at) + 1;
            else if (saysAll(argument)) options.add(argument);
            else return null;
        }
        return null; // there is no main
    }

    private static boolean saysAll(String argument) {
        for (String elsewhere : ELSEWHERE) if (argument.startsWith(elsewhere)) return false;
        if (argument.startsWith("-D") || argument.startsWith("-X")) return true;
        if (argument.startsWith("--")) return argument.indexOf('=') > 0 || argument.equals("--enable-preview");
        for (String option : AS_THEY_ARE) if (argument.startsWith(option)) return true;
        return false;
    }
}
