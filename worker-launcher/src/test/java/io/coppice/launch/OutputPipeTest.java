package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is read is what the process was given as its output, and nothing else. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OutputPipeTest {
    @TempDir
    Path folder;

    /** Which waits for the end of its stdin. */
    private static Process start(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        process.waitFor();
    }

    private static String readAll(OutputPipe pipe) throws IOException {
        byte[] bytes = new byte[1000];
        int filled = 0;
        for (int count; (count = pipe.read(bytes, filled)) > 0; ) filled += count;
        return new String(bytes, 0, filled, StandardCharsets.US_ASCII);
    }

    @Test
    void aReadOfItCanBeEnded() throws Exception {
        Process process = start("echo one; exec cat");
        OutputPipe pipe = OutputPipe.of(process, 1);
        assertThat(pipe.canBeClosed()).isTrue();
        end(process);
        assertThat(readAll(pipe)).isEqualTo("one\n");
        pipe.close();
    }

    @Test
    void aPipeToAnotherProcessIsNotRead() throws Exception {
        Path file = folder.resolve("file");
        Process process =
                new ProcessBuilder("bash", "-c", "exec > >(exec cat >'" + file + "'); echo two; exec cat").start();
        while (!Files.exists(file) || !Files.readString(file).equals("two\n")) Thread.onSpinWait(); // it was redirected
        OutputPipe pipe = OutputPipe.of(process, 1);
        assertThat(pipe.canBeClosed()).isFalse();
        end(process);
        assertThat(readAll(pipe)).isEmpty();
        pipe.close();
    }

    @Test
    void aFileThatTheProcessWritesToInsteadIsNotRead() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "somebody's secret\n");
        Process process = start("exec >>'" + file + "'; echo two; exec cat");
        while (!Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/1"))
                .equals(file)) Thread.onSpinWait();
        OutputPipe pipe = OutputPipe.of(process, 1);
        end(process);
        assertThat(readAll(pipe)).isEmpty();
        pipe.close();
        assertThat(file).hasContent("somebody's secret\ntwo");
    }
}
