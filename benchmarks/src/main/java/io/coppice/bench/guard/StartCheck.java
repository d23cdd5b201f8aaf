package io.coppice.bench.guard;

import io.coppice.bench.contenders.Launches;
import java.util.List;

/**
 * CPU time of a program that makes one call in a pool, its worker's with it, against the least that a JVM can do.
 * Without an archive of classes: whether there is one already would depend on what ran before.
 */
final class StartCheck implements Check {
    private static final int HELLOS = 10; // the kernel counts hundredths of a second

    private final Launches program =
            Launches.of(Launches.Figure.CPU, 1, "processes", List.of("-Dcoppice.classDataArchive=false"));
    private final Launches hello = Launches.of(Launches.Figure.CPU, HELLOS, "hello", List.of());

    @Override
    public String name() {
        return "start, CPU";
    }

    @Override
    public String against() {
        return "java Hello";
    }

    @Override
    public double limit() {
        return Limits.START;
    }

    @Override
    public void warmUp() {} // each launch is a cold one

    @Override
    public double ours(int times) throws Exception {
        double seconds = 0;
        for (int i = 0; i < times; i++) seconds += program.round(0)[0];
        return seconds;
    }

    @Override
    public double theirs() throws Exception {
        return hello.round(0)[0];
    }
}
