package io.coppice.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large the heap of a worker may grow where the user has not said. A JVM by itself takes up to a quarter of the
 * memory, so many of them take more than there is, and the kernel kills one. Three quarters of the memory are shared
 * instead: the parent has what its own heap may grow to, the workers the rest, but a quarter at least.
 *
 * @param megabytes 0: as the JVM chooses, which is hardly more than the share, or less
 * @param memory all there is, in bytes
 * @param ownHeap what the parent's may grow to, in bytes
 */
record HeapShare(long megabytes, long memory, long ownHeap, int workers) {
    /** With less few programs run; where there is little memory and many workers, not all may fill their heap. */
    private static final long LEAST_MEGABYTES = 256;

    /** Options that say how large the heap is, or that must fit its size. */
    private static final List<String> SAID_BY = List.of(
            "-Xmx",
            "-Xms",
            "-Xmn",
            "-XX:MaxHeapSize",
            "-XX:MinHeapSize",
            "-XX:InitialHeapSize",
            "-XX:SoftMaxHeapSize",
            "-XX:MaxRAM",
            "-XX:MinRAM",
            "-XX:InitialRAM",
            "-XX:NewSize",
            "-XX:MaxNewSize",
            "-XX:OldSize",
            "-XX:+AggressiveHeap",
            "-XX:Flags=",
            "-XX:VMOptionsFile=");

    /** Read once, and ahead: docs/decisions/0011-worker-start.md. */
    private static final long MEMORY = MachineMemory.bytes();

    private static final HeapShare AS_THE_JVM_CHOOSES = new HeapShare(0, MEMORY, 0, 0);

    static HeapShare of(LaunchSettings settings, int workers) {
        return MEMORY == MachineMemory.UNKNOWN || isSaid(settings)
                ? AS_THE_JVM_CHOOSES
                : of(MEMORY, Runtime.getRuntime().maxMemory(), workers);
    }

    static HeapShare of(long memory, long ownHeap, int workers) {
        long byItself = memory / 4;
        long share = Math.max(memory / 4, memory / 4 * 3 - ownHeap) / workers;
        long megabytes = Math.max(share >> 20, LEAST_MEGABYTES);
        boolean isMuchLess = megabytes + megabytes / 8 < byItself >> 20;
        return new HeapShare(isMuchLess ? megabytes : 0, memory, ownHeap, workers);
    }

    private static boolean isSaid(LaunchSettings settings) {
        for (String option : settings.jvmOptions()) if (saysIt(option)) return true;
        for (Map.Entry<String, String> variable : settings.environment().entrySet())
            if (InheritedOptions.OPTION_VARIABLES.contains(variable.getKey()))
                for (String option : variable.getValue().split(" ")) if (saysIt(option)) return true;
        return false;
    }

    private static boolean saysIt(String option) {
        for (String other : SAID_BY) if (option.startsWith(other)) return true;
        return false;
    }

    List<String> options() {
        List<String> options = new ArrayList<>(1);
        if (megabytes > 0) options.add("-Xmx" + megabytes + "m");
        return options;
    }

    /** The figures; null where the JVM chooses. */
    @Nullable
    String describe() {
        return megabytes == 0
                ? null
                : "the heap of each worker is limited to its share of the memory: -Xmx" + megabytes + "m, workers="
                        + workers + ", memory=" + (memory >> 20) + "MB, ownHeap=" + (ownHeap >> 20)
                        + "MB; WorkerContext.jvmOptions(\"-Xmx...\") says another size";
    }
}
