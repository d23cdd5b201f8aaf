package io.coppice.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code scripts/demo crash}. */
@Command(name = "crash", description = "Kills a worker in mid-call with kill -9 and shows what every future says.")
final class CrashCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return new CrashDemo().run() ? 0 : 1;
    }
}
