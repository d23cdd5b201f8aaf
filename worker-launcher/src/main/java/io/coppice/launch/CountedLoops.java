package io.coppice.launch;

import java.util.List;

/**
 * Options for a worker whose loops would not let it stop. Under the serial and the parallel collector a compiled loop that
 * counts runs to its end before the JVM can stop its threads, which it does to halt: a worker would outlive its parent by
 * as long. Under the others it looks every thousand times round, and with these options under all.
 */
final class CountedLoops {
    private static final List<String> STOP = List.of("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000");

    private static final List<String> RUN_ON = List.of("-XX:+UseSerialGC", "-XX:+UseParallelGC");
    private static final String A_COLLECTOR = "-XX:+Use";
    private static final String OF_COLLECTORS = "GC";

    /** With less of either a JVM chooses the serial collector. */
    private static final int LEAST_PROCESSORS = 2;

    private static final long LEAST_MEMORY = 1792L << 20;

    private CountedLoops() {}

    /** @param memory of the machine, or {@link MachineMemory#UNKNOWN} */
    static List<String> options(LaunchSettings settings, long memory) {
        // A JVM without the optimizing compiler knows no such options.
        if (!System.getProperty("java.vm.name", "").contains("Server VM")) return List.of();
        return runOn(settings.jvmOptions(), Runtime.getRuntime().availableProcessors(), memory) ? STOP : List.of();
    }

    static boolean runOn(List<String> jvmOptions, int processors, long memory) {
        boolean runOn = processors < LEAST_PROCESSORS || memory != MachineMemory.UNKNOWN && memory < LEAST_MEMORY;
        for (String option : jvmOptions)
            if (option.startsWith(A_COLLECTOR) && option.endsWith(OF_COLLECTORS)) runOn = RUN_ON.contains(option);
        return runOn;
    }
}
