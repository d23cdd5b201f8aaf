package io.coppice.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * One line, drawn over and over until it is closed. Thread-safe: a progress bar has a thread, the JVM's exit has
 * another.
 */
public final class TerminalLine implements ProgressBarConsumer {
    private final PrintStream out;
    private final int columns;
    private boolean drawn; // guarded by this
    private boolean closed; // guarded by this

    /**
     * A line that was not drawn yet.
     *
     * @param out the terminal
     * @param columns as wide as it gets
     */
    public TerminalLine(PrintStream out, int columns) {
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
