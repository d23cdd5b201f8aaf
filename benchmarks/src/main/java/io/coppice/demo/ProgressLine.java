package io.coppice.demo;

import io.coppice.terminal.TerminalLine;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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

    private final TerminalLine line;
    private final ProgressBar bar;
    private final Thread atExit;

    ProgressLine(long bytes, int columns) {
        line = new TerminalLine(System.out, columns - RESERVED_COLUMNS);
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
}
