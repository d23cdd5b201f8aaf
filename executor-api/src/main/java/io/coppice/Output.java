package io.coppice;

/**
 * What becomes of what workers print, to stdout and to stderr. In each case it is read by this JVM as it comes, so that no
 * worker ever waits for somebody to read it, and the last of it is in the {@link CrashReport} of a worker that dies. Bytes
 * are passed on as they are. What a process prints that a call has started, and that outlives the worker, is read no more.
 */
public enum Output {
    /**
     * To this JVM's own {@link System#out} and {@link System#err}, those that are set when it comes: what calls print
     * appears where the program prints, in JShell too. Lines of several workers do not mix, unless they are printed in
     * parts; what one worker prints to stdout and to stderr may change places. While this JVM's own output is blocked, so
     * is that of its workers.
     */
    INHERIT,
    /** Nowhere. */
    DISCARD,
    /**
     * To SLF4J, each line as an event of the logger {@code io.coppice.worker}, with the number of the worker, its pid and
     * the call that it had begun last when the line was read: {@code worker=1, pid=4711, call=5 (com.acme.Job::run): text}.
     * What comes from stdout at INFO, from stderr at WARN. A line longer than 8 KiB is cut into several.
     */
    LOG
}
