package io.coppice.demo;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on the terminal's last line. It is told the width and writes nothing but text and carriage returns, so
 * that it leaves the terminal as it was, however the program ends: the library's own way to look for the width would
 * start {@code stty} again and again and take over Ctrl-C.
 */
final class ProgressLine implements Progress {
    private static final int UPDATE_MILLIS = 100;
    /** For the cursor, where a full line would wrap, and for the ^C that a terminal writes at it. */
    private static final int RESERVED_COLUMNS = 3;

    private final Line line;
    private final ProgressBar bar;
    private final Thread atExit;

    ProgressLine(long bytes, int columns) {
        line = new Line(System.out, columns - RESERVED_COLUMNS);
        atExit = new Thread(line::close, "coppice-demo-progress-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        bar = new ProgressBarBuilder()
                .setTaskName("sha256, gzip")
                .setInitialMax(bytes)
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(line)
                .build();
    }

    @Override
    public void fileDone(long bytes) {
        bar.stepBy(bytes);
    }

    @Override
    public void close() {
        bar.close(); // draws it once more, and closes the line
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // then it runs, or has run
        }
    }

    /** One line, drawn over and over until it is closed. Thread-safe: the bar has a thread, the exit has another. */
    static final class Line implements ProgressBarConsumer {
        private final PrintStream out;
        private final int columns;
        private boolean drawn; // guarded by this
        private boolean closed; // guarded by this

        Line(PrintStream out, int columns) {
            this.out = out;
            this.columns = columns;
        }

        @Override
        public int getMaxRenderedLength() {
            return columns;
        }

        @Override
        public synchronized void accept(String rendered) {
            if (closed) return;
            String fitting = rendered.length() <= columns ? rendered : rendered.substring(0, columns);
            out.print('\r' + fitting);
            out.flush();
            drawn = true;
        }

        @Override
        public synchronized void close() {
            if (closed) return;
            closed = true;
            if (drawn) out.println();
        }
    }
}
