package io.coppice.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that takes its time, and tells by a file which process it runs in: its result would come too late for that.
 */
final class LongCall {
    private static final long WORK_SECONDS = 60;
    private static final long LOOK_MILLIS = 10;

    private LongCall() {}

    /** In the worker. */
    static long run(String folder, int call) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        Path unfinished = Files.createTempFile(Path.of(folder), "call", ".tmp");
        Files.writeString(unfinished, Long.toString(pid));
        Files.move(unfinished, pidFile(Path.of(folder), call), StandardCopyOption.ATOMIC_MOVE);
        TimeUnit.SECONDS.sleep(WORK_SECONDS);
        return pid;
    }

    /** In the parent: waits until the call has begun. */
    static long awaitPid(Path folder, int call, Duration patience)
            throws IOException, InterruptedException, TimeoutException {
        long start = System.nanoTime();
        while (!Files.exists(pidFile(folder, call))) {
            if (System.nanoTime() - start > patience.toNanos())
                throw new TimeoutException("call has not begun: call=" + call + ", waited=" + patience);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return Long.parseLong(Files.readString(pidFile(folder, call)));
    }

    private static Path pidFile(Path folder, int call) {
        return folder.resolve("call-" + call + ".pid");
    }
}
