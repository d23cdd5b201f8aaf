package io.coppice;

import io.coppice.launch.OutputTarget;
import io.coppice.launch.PrintedText;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what one stream of a worker brings, line by line. One thread's. */
final class LoggedLines extends OutputStream {
    static final OutputTarget LOG = new OutputTarget() {
        @Override
        public OutputStream open(Source source) {
            return new LoggedLines(source);
        }

        @Override
        public boolean namesCalls() {
            return true;
        }
    };

    /** Made by the thread that chooses this: where threads of workers are the first to log, SLF4J may lose a line. */
    private static final Logger LOGGER = LoggerFactory.getLogger("io.coppice.worker");

    private static final int MOST_BYTES = 8 << 10;

    private final OutputTarget.Source source;
    private final byte[] begun = new byte[MOST_BYTES]; // of a line whose end has not come
    private int length;
    private @Nullable String origin; // of the lines that end in this piece

    LoggedLines(OutputTarget.Source source) {
        this.source = source;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        origin = null;
        for (int i = from; i < from + count; i++) {
            if (bytes[i] == '\n') endLine();
            else if (length < MOST_BYTES) begun[length++] = bytes[i];
            else {
                endLine();
                begun[length++] = bytes[i];
            }
        }
    }

    @Override
    public void close() {
        if (length > 0) endLine();
    }

    /** To look for the call takes longer than a line. */
    private String origin() {
        String origin = this.origin;
        if (origin != null) return origin;
        String call = source.call().name();
        this.origin =
                origin = "worker=" + source.worker() + ", pid=" + source.pid() + (call == null ? "" : ", " + call);
        return origin;
    }

    private void endLine() {
        int end = length > 0 && begun[length - 1] == '\r' ? length - 1 : length;
        length = 0; // first: a logger may throw
        String line = PrintedText.of(begun, 0, end);
        if (source.isStderr()) LOGGER.warn("{}: {}", origin(), line);
        else LOGGER.info("{}: {}", origin(), line);
    }
}
