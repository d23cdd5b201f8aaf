package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test: no thread, child JVM or file of Coppice is left, and no process that a call has started. */
final class NothingLeftBehind implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        await().atMost(Delays.LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    assertThat(workers()).as("child JVMs").isEmpty();
                    assertThat(Processes.ofOurWorkers())
                            .as("processes that calls have started")
                            .isEmpty();
                    assertThat(threads()).as("threads").isEmpty();
                    assertThat(directories()).as("directories").isEmpty();
                    assertThat(sockets()).as("open sockets").isEmpty();
                });
    }

    static List<ProcessHandle> workers() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("coppice-") || name.startsWith("ThreadPoolExecutor-"))
                .toList();
    }

    private static List<Path> directories() throws IOException {
        String ours = "coppice-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(ours))
                    .toList();
        }
    }

    /** Where /proc tells: descriptors of Unix sockets with a path of ours would show in /proc/net/unix. */
    private static List<String> sockets() throws IOException {
        Path unixSockets = Path.of("/proc/net/unix");
        if (!Files.isReadable(unixSockets)) return List.of();
        String ours = "/coppice-" + ProcessHandle.current().pid() + "-";
        try (Stream<String> lines = Files.lines(unixSockets)) {
            return lines.filter(line -> line.contains(ours)).toList();
        }
    }
}
