package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only the real {@code jshell} tool does. */
@Timeout(120)
class JShellToolIT {
    private static JShellTool session;

    private static JShellTool open(Path temporary) throws Exception {
        JShellTool session = JShellTool.start(temporary, "concise");
        session.type("import io.coppice.*");
        return session;
    }

    @BeforeAll
    static void openTheSession(@TempDir Path temporary) throws Exception {
        session = open(temporary);
        session.type("var pool = new ProcessPoolExecutor(1)");
    }

    @AfterAll
    static void closeTheSession() throws Exception {
        session.type("pool.close()");
        session.close();
        new NothingLeftBehind().afterEach(null);
    }

    @Test
    void aRedefinedMethodIsTheNewOneAlsoForAKeptLambda() throws Exception {
        session.type("int inPlace() { return 1; }");
        session.type("Task<Integer> callsInPlace = () -> inPlace();");
        assertThat(session.value("pool.submit(callsInPlace).result()")).isEqualTo("1");
        session.type("int inPlace() { return 2; }");
        assertThat(session.value("pool.submit(callsInPlace).result()")).isEqualTo("2");
    }

    /** More than a pipe holds. */
    @Test
    void allThatACallPrintsIsShown() throws Exception {
        session.type("int chatter() { for (int i = 0; i < 10_000; i++) System.out.println(\"chatter\"); return 1; }");
        StringBuilder shown = new StringBuilder(session.type("int said = pool.submit(() -> chatter()).result()"));
        while (shown.toString().split("chatter", -1).length <= 10_000)
            shown.append(session.type("0;")); // it may be late
        assertThat(session.value("said")).isEqualTo("1");
    }

    private static List<Path> directories(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("coppice-"))
                    .toList();
        }
    }

    @Test
    void anExitWithoutACloseLeavesNothingBehind(@TempDir Path temporary) throws Exception {
        JShellTool session = open(temporary);
        List<ProcessHandle> processes;
        try (session) {
            session.type("var open = new ProcessPoolExecutor(1)");
            long worker = Long.parseLong(session.value("open.submit(() -> ProcessHandle.current().pid()).result()"));
            assertThat(directories(temporary)).isNotEmpty();
            session.type("open.submit(() -> { Thread.sleep(1_000_000); return 1; })");
            processes = session.process().descendants().toList();
            assertThat(processes).extracting(ProcessHandle::pid).contains(worker);
        }
        await().atMost(Delays.LONG).untilAsserted(() -> {
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(directories(temporary)).isEmpty();
        });
    }

    @Test
    void aResetEndsTheWorkersAndTheNextSessionHasItsOwn(@TempDir Path temporary) throws Exception {
        try (JShellTool session = JShellTool.start(temporary, "concise")) {
            for (int round = 1; round <= 2; round++) {
                session.type("import io.coppice.*");
                session.type("int round = " + round);
                session.type("var fresh = new ProcessPoolExecutor(1)");
                assertThat(session.value("fresh.submit(() -> round).result()")).isEqualTo("" + round);
                long worker =
                        Long.parseLong(session.value("fresh.submit(() -> ProcessHandle.current().pid()).result()"));
                session.type("/reset");
                await().atMost(Delays.LONG)
                        .until(() -> ProcessHandle.of(worker)
                                .filter(ProcessHandle::isAlive)
                                .isEmpty());
            }
        }
    }
}
