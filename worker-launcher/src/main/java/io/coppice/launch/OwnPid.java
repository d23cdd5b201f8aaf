package io.coppice.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's id, without ProcessHandle where that can be: its class starts a thread pool, and is slow to load. */
final class OwnPid {
    private OwnPid() {}

    static long get() {
        try {
            return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self")).toString());
        } catch (IOException | RuntimeException notLinux) {
            return ProcessHandle.current().pid();
        }
    }
}
