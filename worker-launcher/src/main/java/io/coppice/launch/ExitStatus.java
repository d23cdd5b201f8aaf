package io.coppice.launch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process's exit code, read: above 128 it names the signal that ended it. */
public final class ExitStatus {
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            13, "SIGPIPE", 15, "SIGTERM");

    private static final int SIGNAL_BASE = 128;

    private ExitStatus() {}

    /** Null if it names none. */
    static @Nullable String signal(int code) {
        return SIGNALS.get(code - SIGNAL_BASE);
    }

    /** What it means where nothing else is known: the JVM's crash handler has written nothing, no one has called exit. */
    static Death.Kind kind(int code) {
        String signal = signal(code);
        if (signal == null) return Death.Kind.EXITED;
        return switch (signal) {
            case "SIGABRT" -> Death.Kind.ABORT;
            case "SIGSEGV" -> Death.Kind.NATIVE_STACK_OVERFLOW; // there was no stack for the handler to run on
            case "SIGKILL" -> Death.Kind.KILLED;
            case "SIGTERM" -> Death.Kind.TERMINATED;
            default -> Death.Kind.OTHER_SIGNAL;
        };
    }

    /** For a message: {@code 137 (SIGKILL)}, {@code 3}. */
    public static String describe(int code) {
        String signal = signal(code);
        return signal == null ? Integer.toString(code) : code + " (" + signal + ")";
    }

    /** The same, with what it comes from where the code does not tell. */
    static String describe(int code, Death.Kind kind) {
        return switch (kind) {
            case NATIVE_STACK_OVERFLOW -> code + " (SIGSEGV, most likely the overflow of a native stack)";
            case OUT_OF_MEMORY -> code + " (out of memory)";
            case EXIT_CALLED -> Integer.toString(code);
            default -> describe(code);
        };
    }
}
