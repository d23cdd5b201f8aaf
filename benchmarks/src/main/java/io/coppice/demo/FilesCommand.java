package io.coppice.demo;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scripts/demo files}: arguments in, exit code out. */
@Command(name = "files", description = "SHA-256 and gzip of every regular file below DIR, read by child JVMs.")
final class FilesCommand implements Callable<Integer> {
    private static final int SEEDS = 1 << 16; // short enough to type again

    @Spec
    private @Nullable CommandSpec spec; // null when run as a part of another command

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "A folder; this JDK's own modules by default.")
    private @Nullable Path folder;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses the ten sums that are checked; random by default.")
    private @Nullable Integer seed;

    @Override
    public Integer call() throws Exception {
        Path chosen = folder != null ? folder : Folder.ofTheJdk(Path.of(System.getProperty("java.home")));
        try {
            FilesDemo demo = new FilesDemo(seed != null ? seed : new Random().nextInt(SEEDS));
            return demo.run(FilesDemo.folder(chosen)) ? 0 : 1;
        } catch (FilesDemo.UnusableFolder unusable) {
            if (spec == null) throw unusable;
            throw new ParameterException(spec.commandLine(), unusable.getMessage());
        }
    }
}
