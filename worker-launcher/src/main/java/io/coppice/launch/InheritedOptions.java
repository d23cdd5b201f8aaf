package io.coppice.launch;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    private static final List<String> NOT_INHERITED = List.of(
            "-Dcom.sun.management.",
            "-Djava.class.path=",
            "-Djdk.module.",
            "-Djava.rmi.server.",
            "-Dsun.java.",
            "-Dcoppice.");

    /** What a JVM reads options from besides its command line; they are already among the parent's arguments. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private InheritedOptions() {}

    static List<String> ofThisJvm() {
        return filter(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static List<String> filter(List<String> arguments) {
        List<String> kept = new ArrayList<>();
        for (String argument : arguments)
            if (startsWithOneOf(argument, INHERITED) && !startsWithOneOf(argument, NOT_INHERITED)) kept.add(argument);
        return kept;
    }

    static void filter(Map<String, String> environment) {
        OPTION_VARIABLES.forEach(environment::remove);
    }

    private static boolean startsWithOneOf(String argument, List<String> prefixes) {
        for (String prefix : prefixes) if (argument.startsWith(prefix)) return true;
        return false;
    }
}
