package io.coppice.launch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a worker that is gone.
 *
 * @param crash what its JVM's crash report says
 * @param crashFile where that is now
 * @param exitCalledFrom who has called System.exit, the caller first; empty if nobody is known to have
 * @param stdout the end of what it has printed
 * @param stderr the same
 */
public record Evidence(
        @Nullable CrashFile crash,
        @Nullable Path crashFile,
        List<StackTraceElement> exitCalledFrom,
        String stdout,
        String stderr) {
    /** Nothing was found, or looked for. */
    public static final Evidence NONE = new Evidence(null, null, List.of(), "", "");

    /** What a JVM says with -XX:+ExitOnOutOfMemoryError, before it exits with 3. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private static final int EXIT_OUT_OF_MEMORY = 3;
    /** What a JVM says when a thread's stack overflows in native code, where it still can say something. */
    private static final String STACK_OVERFLOW = "An irrecoverable stack overflow has occurred.";

    public Evidence {
        exitCalledFrom = List.copyOf(exitCalledFrom);
    }

    /** Null where nothing tells. */
    Death.@Nullable Kind kind(@Nullable Integer exitCode) {
        if (crash != null) {
            if (crash.isOutOfMemory()) return Death.Kind.OUT_OF_MEMORY;
            boolean overflow = stdout.contains(STACK_OVERFLOW) || stderr.contains(STACK_OVERFLOW);
            return overflow ? Death.Kind.NATIVE_STACK_OVERFLOW : Death.Kind.NATIVE_CRASH;
        }
        if (!exitCalledFrom.isEmpty()) return Death.Kind.EXIT_CALLED;
        if (exitCode != null && exitCode == EXIT_OUT_OF_MEMORY && stdout.contains(OUT_OF_MEMORY))
            return Death.Kind.OUT_OF_MEMORY;
        return null;
    }
}
