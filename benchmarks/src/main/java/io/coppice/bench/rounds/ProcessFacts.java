package io.coppice.bench.rounds;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of a process. */
public final class ProcessFacts {
    private static final int TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that runs a JVM
    private static final Pattern PRIVATE = Pattern.compile("Private_(?:Clean|Dirty):\\s+(\\d+) kB");

    private static final String WRITES = "syscw: ";

    private ProcessFacts() {}

    /** Whether there is anything of this here. */
    public static boolean areKnown() {
        return Files.isReadable(Path.of("/proc/self/stat")) && Files.isReadable(Path.of("/proc/self/smaps_rollup"));
    }

    /** CPU time of this process so far, all threads, in seconds. */
    public static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /**
     * CPU time of another process so far, in seconds. The sum over its threads is exact but for threads that have
     * ended; the process's own sum has those too, but is cut to hundredths of a second.
     */
    public static double cpuSeconds(long pid) throws IOException {
        double ofThreads = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) ofThreads += schedSeconds(thread.resolve("schedstat"));
        }
        List<String> stat = stat(Path.of("/proc/" + pid + "/stat"));
        return Math.max(ofThreads, ticks(stat, 14) + ticks(stat, 15));
    }

    private static double schedSeconds(Path schedstat) throws IOException {
        try {
            String text = Files.readString(schedstat);
            return Long.parseLong(text.substring(0, text.indexOf(' '))) / 1e9;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    /** CPU time of all processes that this one has started and waited for, and those that they have, in seconds. */
    public static double childrensCpuSeconds() throws IOException {
        List<String> stat = stat(Path.of("/proc/self/stat"));
        return ticks(stat, 16) + ticks(stat, 17);
    }

    /** The fields from the third on; the second, the name, may hold spaces. */
    private static List<String> stat(Path file) throws IOException {
        String text = Files.readString(file).strip();
        return List.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
    }

    private static double ticks(List<String> stat, int field) {
        return Long.parseLong(stat.get(field - 3)) / (double) TICKS_PER_SECOND;
    }

    /** Memory that no other process shares, in bytes. */
    public static long privateBytes(long pid) throws IOException {
        long kilobytes = 0;
        Matcher line = PRIVATE.matcher(Files.readString(Path.of("/proc/" + pid + "/smaps_rollup")));
        while (line.find()) kilobytes += Long.parseLong(line.group(1));
        return kilobytes << 10;
    }

    /** How often a process has called write, or one of its like. */
    public static long writes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io")))
            if (line.startsWith(WRITES)) return Long.parseLong(line.substring(WRITES.length()));
        throw new IOException("the system does not tell of writes: pid=" + pid);
    }
}
