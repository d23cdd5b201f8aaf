package io.coppice.demo;

import java.time.Duration;
import java.util.function.Consumer;

/** Progress where stdout is a file or a pipe: a line every few seconds, none for a batch that takes less. */
final class ProgressLog implements Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final int files;
    private final long bytes;
    private final Consumer<String> lines;
    private long lastLine = System.nanoTime();
    private int filesDone;
    private long bytesDone;

    ProgressLog(int files, long bytes, Consumer<String> lines) {
        this.files = files;
        this.bytes = bytes;
        this.lines = lines;
    }

    @Override
    public void fileDone(long fileBytes) {
        filesDone++;
        bytesDone += fileBytes;
        long now = System.nanoTime();
        if (now - lastLine < EVERY_NANOS) return;
        lastLine = now;
        lines.accept(line());
    }

    String line() {
        return filesDone + " of " + files + " files, " + Amounts.bytes(bytesDone) + " of " + Amounts.bytes(bytes);
    }

    @Override
    public void close() {}
}
