package io.coppice.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a worker: {@code java @arguments io.coppice.worker.WorkerMain}. Everything of any length stands
 * in the argument file: a class path of megabytes works there, and nowhere else.
 */
final class JvmCommand {
    private final LaunchSettings settings;
    private final CodePath code;
    private final List<String> inherited = InheritedOptions.ofThisJvm();

    JvmCommand(LaunchSettings settings, CodePath code) {
        this.settings = settings;
        this.code = code;
        Path home = Path.of(System.getProperty("java.home"));
        if (code.coppice() == CodePath.Coppice.IN_IMAGE && !settings.javaHome().equals(home))
            throw new IllegalStateException(
                    "workers cannot run on another JDK, as Coppice is a part of this one: javaHome="
                            + settings.javaHome() + ", java.home=" + home
                            + "; leave javaHome as it is, or put Coppice on the module path instead");
    }

    /** Writes the argument file and returns the command. */
    List<String> writtenTo(Path argumentFile, Path errorFile) throws IOException {
        List<String> arguments = new ArrayList<>(inherited);
        arguments.add("-XX:ErrorFile=" + errorFile);
        arguments.addAll(settings.jvmOptions());
        arguments.addAll(code.options());
        Files.write(argumentFile, arguments.stream().map(JvmCommand::quoted).toList());
        List<String> command = new ArrayList<>(List.of(javaExecutable(), "@" + argumentFile));
        command.addAll(code.main());
        return command;
    }

    private String javaExecutable() {
        return settings.javaHome().resolve("bin").resolve("java").toString();
    }

    /** As java's argument files want it: in double quotes, backslashes doubled. */
    static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
