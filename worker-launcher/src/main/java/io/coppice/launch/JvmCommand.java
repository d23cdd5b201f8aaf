package io.coppice.launch;

import io.coppice.worker.WorkerMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The command line of a worker: {@code java @arguments io.coppice.worker.WorkerMain}. Everything of any length stands
 * in the argument file: a class path of megabytes works there, and nowhere else.
 */
final class JvmCommand {
    private final LaunchSettings settings;
    private final Set<String> classPath;
    private final List<String> inherited = InheritedOptions.ofThisJvm();

    JvmCommand(LaunchSettings settings, Class<?> ofTheApi) {
        this.settings = settings;
        classPath = new LinkedHashSet<>(CoppiceJars.paths(ofTheApi));
        classPath.addAll(CoppiceJars.userPaths());
    }

    /** Writes the argument file and returns the command. */
    List<String> writtenTo(Path argumentFile, Path errorFile) throws IOException {
        List<String> arguments = new ArrayList<>(inherited);
        arguments.add("-XX:ErrorFile=" + errorFile);
        arguments.addAll(settings.jvmOptions());
        arguments.add("-cp");
        arguments.add(String.join(File.pathSeparator, classPath));
        Files.write(argumentFile, arguments.stream().map(JvmCommand::quoted).toList());
        return List.of(javaExecutable(), "@" + argumentFile, WorkerMain.class.getName());
    }

    private String javaExecutable() {
        return settings.javaHome().resolve("bin").resolve("java").toString();
    }

    /** As java's argument files want it: in double quotes, backslashes doubled. */
    static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
