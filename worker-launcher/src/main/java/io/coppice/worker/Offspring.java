package io.coppice.worker;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes that a worker's calls have started, and those that these have, which end with a worker that does not
 * leave by itself. By descent they are found only while it lives; on Linux all of them also carry its mark in their
 * environment, unless somebody has taken it out: docs/decisions/0021-offspring.md.
 */
public final class Offspring {
    /** The variable in a worker's environment, and so in that of all it starts, that names the worker: pool, number, /. */
    public static final String MARK = "COPPICE_WORKER";

    private static final String PROCESSES = "/proc";
    private static final int MOST_BYTES = 4 << 20; // what an environment may have on Linux, and more

    /** What is killed may start more before it is; but who starts processes in a loop is not to be followed for ever. */
    private static final int MOST_ROUNDS = 100;

    /** The worker first, which has the mark too; the last round finds none. Nothing but what any Linux has. */
    private static final String KILLS_MARKED = """
            for round in 1 2 3 4 5 6 7 8 9 10; do
              set --
              for process in $(grep -lsF "$0" /proc/[0-9]*/environ); do
                process=${process#/proc/}
                set -- "$@" "${process%/environ}"
              done
              [ $# -eq 0 ] && exit
              kill -9 "$@"
            done
            """;

    private final Set<Long> found = new HashSet<>();

    private Offspring() {}

    /** Whether marks can be read here. */
    public static boolean isMarkLegible() {
        return new File(PROCESSES, "self/environ").canRead();
    }

    /** Kills all that carry one of these marks. */
    public static void kill(Set<String> marks) {
        Offspring offspring = new Offspring();
        for (int round = 0; round < MOST_ROUNDS && offspring.kill(marked(marks)); round++) {
            // until a look finds nothing new
        }
    }

    /**
     * Kills what this process has started, if it is a worker, and leaves behind who kills what its calls start up to its
     * end: one that starts a program for each of many files starts the next when one is killed.
     */
    static void killOwn() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Offspring offspring = new Offspring();
        offspring.found.add(self.pid());
        offspring.kill(self.descendants().toList());
        String mark = System.getenv(MARK);
        if (mark == null || !isMarkLegible()) return;
        ProcessBuilder last = new ProcessBuilder("/bin/sh", "-c", KILLS_MARKED, MARK + "=" + mark)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        last.environment().remove(MARK);
        last.start();
    }

    /** Whether there were any that it had not killed before. One that is killed may be seen for a while. */
    private boolean kill(List<ProcessHandle> processes) {
        boolean more = false;
        for (ProcessHandle process : processes) {
            if (!found.add(process.pid())) continue;
            process.destroyForcibly();
            more = true;
        }
        return more;
    }

    private static List<ProcessHandle> marked(Set<String> marks) {
        List<ProcessHandle> marked = new ArrayList<>();
        String[] names = new File(PROCESSES).list();
        if (names == null) return marked;
        for (String name : names) {
            if (!isMarked(name, marks)) continue;
            ProcessHandle process = ProcessHandle.of(Long.parseLong(name)).orElse(null);
            // Again: the handle knows a process by its start, and it may be another's now, of the same number.
            if (process != null && isMarked(name, marks)) marked.add(process);
        }
        return marked;
    }

    private static boolean isMarked(String process, Set<String> marks) {
        if (!Character.isDigit(process.charAt(0))) return false;
        String mark = markIn(process);
        return mark != null && marks.contains(mark);
    }

    private static @Nullable String markIn(String process) {
        try (InputStream environment = new FileInputStream(PROCESSES + "/" + process + "/environ")) {
            String all = "\0" + new String(environment.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
            int variable = all.indexOf("\0" + MARK + "=");
            if (variable < 0) return null;
            int value = variable + MARK.length() + 2;
            int end = all.indexOf('\0', value);
            return end < 0 ? null : all.substring(value, end);
        } catch (IOException anotherUsers) { // or it has ended
            return null;
        }
    }
}
