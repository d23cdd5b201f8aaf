package io.coppice.demo;

/** Tells the person at the terminal how far the batch is. For one thread. */
interface Progress extends AutoCloseable {
    /** One more file has ended, of this size. */
    void fileDone(long bytes);

    @Override
    void close();

    /** A bar on a terminal; else a plain line now and then, fit for a log. */
    static Progress onStdout(int files, long bytes) {
        int columns = Integer.getInteger("coppice.demo.columns", 0); // set by scripts/demo: Java 17 cannot tell
        return columns > 0 ? new ProgressLine(bytes, columns) : new ProgressLog(files, bytes, System.out::println);
    }
}
