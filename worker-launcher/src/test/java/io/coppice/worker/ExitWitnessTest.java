package io.coppice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who called System.exit, and how the parent is told. */
class ExitWitnessTest {
    @TempDir
    Path temporary;

    private static StackTraceElement[] trace(String... frames) {
        return Arrays.stream(frames)
                .map(frame -> new StackTraceElement(
                        frame.substring(0, frame.lastIndexOf('.')),
                        frame.substring(frame.lastIndexOf('.') + 1),
                        "Source.java",
                        1))
                .toArray(StackTraceElement[]::new);
    }

    @Test
    void theCallerIsWhoHasCalledTheExitThatRunsTheHooks() {
        StackTraceElement[] exits = trace(
                "java.lang.Object.wait",
                "java.lang.Thread.join",
                "java.lang.ApplicationShutdownHooks.runHooks",
                "java.lang.ApplicationShutdownHooks$1.run",
                "java.lang.Shutdown.runHooks",
                "java.lang.Shutdown.sequence",
                "java.lang.Shutdown.exit",
                "java.lang.Runtime.exit",
                "java.lang.System.exit",
                "com.acme.Ocr.page",
                "com.acme.Main.main");
        assertThat(ExitWitness.callerOfExit(exits)).isEqualTo(9);
    }

    @Test
    void aSignalAWaitingThreadAndAnotherExitAreNot() {
        assertThat(ExitWitness.callerOfExit(trace(
                        "java.lang.Thread.join",
                        "java.lang.ApplicationShutdownHooks.runHooks",
                        "java.lang.Shutdown.exit",
                        "java.lang.Terminator$1.handle",
                        "jdk.internal.misc.Signal$1.run")))
                .isEqualTo(-1);
        assertThat(ExitWitness.callerOfExit(trace(
                        "java.lang.Thread.join",
                        "java.lang.ApplicationShutdownHooks.runHooks",
                        "java.lang.Shutdown.shutdown")))
                .isEqualTo(-1);
        assertThat(ExitWitness.callerOfExit(
                        trace("java.lang.Shutdown.exit", "java.lang.Runtime.exit", "com.acme.Second.exit")))
                .as("it came too late")
                .isEqualTo(-1);
        assertThat(ExitWitness.callerOfExit(trace("com.acme.Ocr.exit", "com.acme.Main.main")))
                .isEqualTo(-1);
    }

    @Test
    void aNoteIsReadAsItWasWritten() throws Exception {
        List<StackTraceElement> stack = List.of(
                new StackTraceElement("com.acme.Ocr", "page", "Ocr.java", 41),
                new StackTraceElement("com.acme.Ocr", "native", null, -2));
        ExitNote.write(temporary.toFile(), stack);
        assertThat(ExitNote.read(temporary.toFile())).isEqualTo(stack);
    }

    @Test
    void ofANoteThatIsCutOffTheBeginningIsRead() throws Exception {
        StackTraceElement frame = new StackTraceElement("com.acme.Ocr", "page", "Ocr.java", 41);
        Path note = temporary.resolve("exit");
        ExitNote.write(temporary.toFile(), Collections.nCopies(100, frame));
        byte[] whole = Files.readAllBytes(note);
        for (int length = 0; length < whole.length; length++) {
            Files.write(note, Arrays.copyOf(whole, length));
            List<StackTraceElement> read = ExitNote.read(temporary.toFile());
            assertThat(read).hasSizeLessThan(33).allMatch(frame::equals);
        }
        assertThat(ExitNote.read(temporary.resolve("none").toFile())).isEmpty();
        Files.write(note, new byte[] {0, 1, (byte) 0xFF, 5});
        assertThat(ExitNote.read(temporary.toFile())).isEmpty();
    }
}
