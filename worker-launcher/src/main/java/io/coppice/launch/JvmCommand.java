package io.coppice.launch;

import io.coppice.worker.WorkerMain;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a worker: {@code java @arguments io.coppice.worker.WorkerMain} and its folder. Everything of any length stands
 * in the argument file: a class path of megabytes works there, and nowhere else.
 */
final class JvmCommand {
    /**
     * Compiles what is used five times as much as others: most of what runs at a start never pays for being compiled.
     * What is worth it is compiled all the same, a little later: docs/decisions/0011-worker-start.md.
     */
    private static final String COMPILES_LATER = "-XX:CompileThresholdScaling=5";

    /** Who says what is so anyway wants the cores, and whole ones. */
    private static final String WANTS_CORES = "-XX:+CreateCoredumpOnCrash";

    private final LaunchSettings settings;
    private final CodePath code;
    private final List<String> inherited = InheritedOptions.ofThisJvm();

    private final @Nullable ClassArchive archive;
    private final HeapShare heap;

    /** @param workers so many at most are started, and share the memory */
    JvmCommand(LaunchSettings settings, CodePath code, PoolDirectory directory, int workers) {
        this.settings = settings;
        this.code = code;
        archive = ClassArchive.of(settings, inherited, code, directory);
        heap = HeapShare.of(settings, workers);
        Path home = Path.of(System.getProperty("java.home"));
        if (code.coppice() == CodePath.Coppice.IN_IMAGE && !settings.javaHome().equals(home))
            throw new IllegalStateException(
                    "workers cannot run on another JDK, as Coppice is a part of this one: javaHome="
                            + settings.javaHome() + ", java.home=" + home
                            + "; leave javaHome as it is, or put Coppice on the module path instead");
    }

    /** Writes the argument file and returns the command. */
    List<String> writtenTo(WorkerFiles files) throws IOException {
        Path argumentFile = files.arguments();
        List<String> arguments = new ArrayList<>(inherited);
        arguments.add("-XX:ErrorFile=" + files.errorFile());
        arguments.add(COMPILES_LATER);
        arguments.add("-D" + NestedPools.PROPERTY + "=" + NestedPools.belowAWorker(settings.nestedPools()));
        if (settings.jvmOptions().contains(WANTS_CORES)) arguments.add("-D" + WorkerMain.WHOLE_CORES + "=true");
        arguments.addAll(heap.options());
        arguments.addAll(CountedLoops.options(settings, heap.memory()));
        if (archive != null) arguments.addAll(archive.options());
        arguments.addAll(settings.jvmOptions());
        arguments.addAll(code.options());
        StringBuilder lines = new StringBuilder();
        for (String argument : arguments) lines.append(quoted(argument)).append('\n');
        try (OutputStream file = new FileOutputStream(argumentFile.toFile())) {
            file.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        List<String> command = new ArrayList<>(List.of(javaExecutable().toString(), "@" + argumentFile));
        command.addAll(code.main());
        command.add(files.folder().toString());
        return command;
    }

    /** Null if there shall be no archive. */
    @Nullable
    ArchiveMaker archiveMaker(String packageOfTheApi) {
        return archive == null ? null : new ArchiveMaker(archive, javaExecutable(), packageOfTheApi);
    }

    HeapShare heap() {
        return heap;
    }

    private Path javaExecutable() {
        return settings.javaHome().resolve("bin").resolve("java");
    }

    /** As java's argument files want it: in double quotes, backslashes doubled. */
    static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
