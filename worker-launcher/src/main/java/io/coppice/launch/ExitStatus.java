package io.coppice.launch;

import java.util.Map;

/** A process's exit code, read: above 128 it names the signal that ended it. */
public final class ExitStatus {
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            13, "SIGPIPE", 15, "SIGTERM");

    private static final int SIGNAL_BASE = 128;

    private ExitStatus() {}

    /** For a message: {@code 137 (SIGKILL)}, {@code 3}. */
    public static String describe(int code) {
        String signal = SIGNALS.get(code - SIGNAL_BASE);
        return signal == null ? Integer.toString(code) : code + " (" + signal + ")";
    }
}
