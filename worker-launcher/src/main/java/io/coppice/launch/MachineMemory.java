package io.coppice.launch;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * How much memory this process and its children may use: the machine's, or what a control group above it is given, as the
 * JVM reckons too when it chooses the size of its heap. Read from Linux's own files: the JDK's management beans, which
 * tell it anywhere, take longer to load than a process to start.
 */
final class MachineMemory {
    /** Where nobody tells. */
    static final long UNKNOWN = -1;

    private static final int MOST_BYTES = 64 << 10;

    private MachineMemory() {}

    /** In bytes, or {@link #UNKNOWN}. */
    static long bytes() {
        return bytes("");
    }

    /** @param root before all paths; empty but in tests */
    static long bytes(String root) {
        try {
            return Math.min(physical(root), limit(root));
        } catch (IOException | RuntimeException notLinux) {
            return UNKNOWN;
        }
    }

    private static long physical(String root) throws IOException {
        String all = read(root + "/proc/meminfo");
        String name = "MemTotal:";
        int from = all.indexOf(name) + name.length();
        return Long.parseLong(all.substring(from, all.indexOf("kB", from)).strip()) << 10;
    }

    /** Each line names a group as {@code number:controllers:path}; without controllers it is of version 2. */
    private static long limit(String root) {
        String groups;
        try {
            groups = read(root + "/proc/self/cgroup");
        } catch (IOException none) {
            return Long.MAX_VALUE;
        }
        long limit = Long.MAX_VALUE;
        for (String line : groups.split("\n")) {
            int controllers = line.indexOf(':') + 1;
            int path = line.indexOf(':', controllers) + 1;
            if (path == 0) continue;
            String mounted = root + "/sys/fs/cgroup";
            if (path == controllers + 1) limit = Math.min(limit, least(mounted, line.substring(path), "memory.max"));
            else if (("," + line.substring(controllers, path - 1) + ",").contains(",memory,"))
                limit = Math.min(limit, least(mounted + "/memory", line.substring(path), "memory.limit_in_bytes"));
        }
        return limit;
    }

    /** Of a group and those above it. In a container the path may be the host's, and only the last of them be there. */
    private static long least(String mounted, String path, String file) {
        long least = Long.MAX_VALUE;
        for (String group = path; ; group = group.substring(0, group.lastIndexOf('/'))) {
            File limit = new File(mounted + group, file);
            if (limit.exists()) least = Math.min(least, number(limit));
            if (group.lastIndexOf('/') < 0) return least;
        }
    }

    private static long number(File file) {
        try {
            return Long.parseLong(read(file.getPath()).strip());
        } catch (IOException | NumberFormatException noLimit) { // "max"
            return Long.MAX_VALUE;
        }
    }

    private static String read(String file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        }
    }
}
