package io.coppice.launch;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Which of the parent JVM's options a worker gets too. What makes code behave (module access, assertions, properties,
 * stack size) is inherited; what belongs to one process (memory, GC, debugger and management ports, agents, files it
 * writes) is not: a second debugger on the port would end the worker at birth.
 */
final class InheritedOptions {
    private static final List<String> INHERITED = List.of(
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--add-modules",
            "--limit-modules",
            "--patch-module",
            "--upgrade-module-path",
            "-Xbootclasspath/a:",
            "--enable-preview",
            "--enable-native-access",
            "--illegal-native-access",
            "--sun-misc-unsafe-memory-access",
            "--finalization",
            "-ea",
            "-da",
            "-esa",
            "-dsa",
            "-enableassertions",
            "-disableassertions",
            "-enablesystemassertions",
            "-disablesystemassertions",
            "-Xss",
            "-D");

    /** What stands before the paths; in the first also a module's name and another =. */
    private static final List<String> WITH_PATHS =
            List.of("--patch-module=", "--upgrade-module-path=", "-Xbootclasspath/a:");

    private static final List<String> NOT_INHERITED = List.of(
            "-Dcom.sun.management.",
            "-Djava.class.path=",
            "-Djdk.module.",
            "-Djava.rmi.server.",
            "-Dsun.java.",
            "-Dcoppice.");

    /** What a JVM reads options from besides its command line; they are already among the parent's arguments. */
    static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private InheritedOptions() {}

    static List<String> ofThisJvm() {
        List<String> options = filter(argumentsOfThisJvm());
        // The source launcher says this; it is so anyway where the main is not a module's, and costs a worker's start.
        if (System.getProperty("jdk.module.main") == null) options.remove("--add-modules=ALL-DEFAULT");
        options.addAll(ManifestOptions.ofThisJvm());
        return options;
    }

    private static List<String> argumentsOfThisJvm() {
        List<String> read = CommandLine.ofThisJvm();
        return read != null ? read : ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    static List<String> filter(List<String> arguments) {
        List<String> kept = new ArrayList<>();
        for (String argument : arguments)
            if (startsWithOneOf(argument, INHERITED) && !startsWithOneOf(argument, NOT_INHERITED))
                kept.add(withAbsolutePaths(argument));
        return kept;
    }

    /** A worker's working directory may be another one. */
    private static String withAbsolutePaths(String argument) {
        for (String option : WITH_PATHS) {
            if (!argument.startsWith(option)) continue;
            int paths = option.startsWith("--patch") ? argument.indexOf('=', option.length()) + 1 : option.length();
            if (paths == 0) return argument;
            StringJoiner absolute = new StringJoiner(File.pathSeparator, argument.substring(0, paths), "");
            for (String path : argument.substring(paths).split(File.pathSeparator, -1))
                absolute.add(Path.of(path).toAbsolutePath().toString());
            return absolute.toString();
        }
        return argument;
    }

    static void filter(Map<String, String> environment) {
        for (String variable : OPTION_VARIABLES) environment.remove(variable);
    }

    private static boolean startsWithOneOf(String argument, List<String> prefixes) {
        for (String prefix : prefixes) if (argument.startsWith(prefix)) return true;
        return false;
    }
}
