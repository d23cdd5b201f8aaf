package io.coppice.bench.rounds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a contender is started.
 *
 * @param name what it is called among the others
 * @param command the command line
 */
public record Program(String name, List<String> command) {
    private static final String CONTENDER_PY = "contender.py";

    /** A class with a main that serves rounds, in a JVM of the runner's own Java. */
    public static Program java(String name, Class<?> main, Object... arguments) {
        return java(name, List.of(), main, arguments);
    }

    /** The same with JVM options. */
    public static Program java(String name, List<String> options, Class<?> main, Object... arguments) {
        return new Program(name, javaCommand(options, ClassPath.ofAUser(), main, arguments));
    }

    /** The command line of a JVM of the runner's own Java. */
    public static List<String> javaCommand(List<String> options, String classPath, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Netty's native transport; newer JDKs want to be told.
        if (Runtime.version().feature() >= 24) command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dslf4j.internal.verbosity=ERROR"); // no logger among the class path: it would say so each time
        command.add("-Dcoppice.classDataArchive=false"); // else one is made while others are measured
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    /** CPython's pool, in one of the parts of contender.py. */
    public static Program python(String name, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add("python3");
        command.add(ClassPath.file(Program.class, CONTENDER_PY).toString());
        for (Object argument : arguments) command.add(argument.toString());
        return new Program(name, command);
    }

    boolean isPython() {
        return command.get(0).equals("python3");
    }

    Running start() throws IOException {
        return new Running(this);
    }
}
