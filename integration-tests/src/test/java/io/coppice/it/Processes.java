package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Processes that tests start, or that calls do: shells, and what these start. */
final class Processes {
    private Processes() {}

    /** Whether it runs; a zombie that nobody has asked for its exit code does not. */
    static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    /** After a SIGSTOP: a process is told at once, and each of its threads stops when it hears of it. */
    static void awaitStopped(long pid) {
        await().atMost(Delays.LONG).until(() -> {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
                return threads.allMatch(thread -> isStopped(thread.resolve("stat")));
            }
        });
    }

    private static boolean isStopped(Path stat) {
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) == 'T';
        } catch (IOException gone) {
            return true;
        }
    }

    static List<Long> pids(Latch told) {
        return told.words().stream().map(word -> Long.valueOf(word.strip())).toList();
    }

    static void awaitGone(Collection<Long> pids, Duration atMost) {
        await().atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(pids).noneMatch(Processes::runs));
    }

    /** Those that have this variable in their environment, with this value. */
    static List<Long> withVariable(String name, String value) {
        return whoseEnvironmentHas("\0" + name + "=" + value + "\0");
    }

    /** What calls have started in workers of this JVM, and workers, where /proc tells. */
    static List<Long> ofOurWorkers() {
        return whoseEnvironmentHas("\0COPPICE_WORKER=coppice-" + Calls.pid() + "-");
    }

    private static List<Long> whoseEnvironmentHas(String text) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> environment(pid).contains(text))
                    .toList();
        }
    }

    private static String environment(long pid) {
        try {
            return "\0" + Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException anothers) {
            return "";
        }
    }

    /** A shell that has started another that sleeps for long; both leave their number. */
    static Process family(Latch told) {
        return shell("sh -c 'echo $$ >> " + told.path() + "; exec sleep 1000' & echo $$ >> " + told.path() + "; wait");
    }

    static Process shell(String script) {
        try {
            return new ProcessBuilder("sh", "-c", script).start();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "--", Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** What is meant to outlive its worker is the test's to end. */
    static void kill(Collection<Long> pids) {
        for (long pid : pids) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
