package io.coppice.chunksize;

import io.coppice.ChunkSizes;
import io.coppice.terminal.TerminalLine;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells the person at the terminal how far the measurement is; on stderr, as stdout has the table. */
interface SweepProgress extends AutoCloseable {
    void show(ChunkSizes.Progress progress);

    @Override
    void close();

    /** A bar on a terminal, else nothing: it is over in the time that was asked for. */
    static SweepProgress onStderr() {
        int columns = Integer.getInteger("coppice.columns", 0); // set by scripts/chunksize: Java 17 cannot tell
        return columns > 0 ? new Bar(columns) : new Silent();
    }

    /** Draws what it was told last, ten times a second: the measurement is not held up. */
    final class Bar implements SweepProgress {
        private static final int UPDATE_MILLIS = 100;
        private static final int RESERVED_COLUMNS = 3; // for the cursor, and for the ^C that a terminal writes at it
        private static final long WHOLE = 100;

        private final TerminalLine line;
        private final ProgressBar bar;
        private final Thread atExit;

        Bar(int columns) {
            line = new TerminalLine(System.err, columns - RESERVED_COLUMNS);
            atExit = new Thread(line::close, "coppice-chunksize-progress-exit");
            Runtime.getRuntime().addShutdownHook(atExit);
            bar = new ProgressBarBuilder()
                    .setTaskName("measuring")
                    .setInitialMax(WHOLE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .hideEta()
                    .setConsumer(line)
                    .build();
        }

        @Override
        public void show(ChunkSizes.Progress progress) {
            bar.stepTo((long) (progress.part() * WHOLE));
            bar.setExtraMessage(" " + progress.doing());
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

    /** For a log. */
    final class Silent implements SweepProgress {
        @Override
        public void show(ChunkSizes.Progress progress) {}

        @Override
        public void close() {}
    }
}
