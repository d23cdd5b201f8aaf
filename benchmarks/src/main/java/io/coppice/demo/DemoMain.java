package io.coppice.demo;

import io.coppice.BrokenExecutor;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of {@code scripts/demo}. Exit codes: 0 all is well, 1 it is not, 2 not understood. */
@Command(
        name = "scripts/demo",
        description = "Runs Coppice on this machine: six primes and a batch of files, on child JVMs.",
        subcommands = {FilesCommand.class, CrashCommand.class})
public final class DemoMain implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean helpWanted;

    private DemoMain() {}

    /**
     * Runs the demo and ends this JVM.
     *
     * @param args a subcommand, or nothing
     */
    public static void main(String[] args) {
        JvmExit.watch();
        System.exit(new CommandLine(new DemoMain())
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
                .execute(args));
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        JvmExit.stopHereIfBegun();
        if (!(failure instanceof BrokenExecutor)) throw failure;
        command.getErr().println(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        PrimesDemo.run();
        System.out.println();
        int exit = new FilesCommand().call();
        System.out.println();
        System.out.println("scripts/demo files DIR   the same batch on a folder of yours");
        System.out.println("scripts/demo crash       kill -9 a worker in mid-call, and see what each future says");
        return exit;
    }
}
