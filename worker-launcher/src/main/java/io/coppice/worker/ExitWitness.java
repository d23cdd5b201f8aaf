package io.coppice.worker;

import java.io.File;
import java.util.Arrays;

/**
 * Leaves an {@link ExitNote} when something in this JVM calls System.exit: the parent sees a number. It is a shutdown
 * hook, while which the thread that has called is still inside of its call. halt, _exit and a crash run no hook.
 */
final class ExitWitness extends Thread {
    private final String folder; // no File: most workers never need one
    private volatile boolean leaving;

    private ExitWitness(String folder) {
        super(null, null, "coppice-exit-witness", 256 << 10, false);
        this.folder = folder;
    }

    /** @param folder the worker's, to leave it in */
    static ExitWitness post(String folder) {
        ExitWitness witness = new ExitWitness(folder);
        try {
            Runtime.getRuntime().addShutdownHook(witness);
        } catch (IllegalStateException ending) {
            // then nobody needs it
        }
        return witness;
    }

    /** The exit that comes is the worker's own. */
    void leaving() {
        leaving = true;
    }

    @Override
    public void run() {
        if (leaving) return;
        try {
            for (StackTraceElement[] trace : getAllStackTraces().values()) {
                int caller = callerOfExit(trace);
                if (caller < 0) continue;
                ExitNote.write(new File(folder), Arrays.asList(trace).subList(caller, trace.length));
                return;
            }
        } catch (Exception | Error cannotTell) {
            // then the exit code has to do
        }
    }

    /** The frame that has called the exit which runs this; -1: this thread has not, or a signal's has. */
    static int callerOfExit(StackTraceElement[] trace) {
        boolean runsHooks = false;
        boolean exits = false;
        for (int i = 0; i < trace.length; i++) {
            String type = trace[i].getClassName();
            String method = trace[i].getMethodName();
            boolean isExit = method.equals("exit")
                    && (type.equals("java.lang.System")
                            || type.equals("java.lang.Runtime")
                            || type.equals("java.lang.Shutdown"));
            if (type.equals("java.lang.ApplicationShutdownHooks")) runsHooks = true;
            else if (isExit) exits = runsHooks;
            else if (exits) return type.startsWith("java.lang.Terminator") ? -1 : i;
        }
        return -1;
    }
}
