package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coppice.launch.CodePath.Coppice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line that starts a worker. */
@Tag("jdk")
class JvmCommandTest {
    @TempDir
    Path temporary;

    @Test
    void argumentsAreQuotedForTheArgumentFile() {
        assertThat(JvmCommand.quoted("plain")).isEqualTo("\"plain\"");
        assertThat(JvmCommand.quoted("C:\\a b\\c")).isEqualTo("\"C:\\\\a b\\\\c\"");
        assertThat(JvmCommand.quoted("say \"x\"")).isEqualTo("\"say \\\"x\\\"\"");
        assertThat(JvmCommand.quoted("two\nlines")).isEqualTo("\"two\\nlines\"");
    }

    private static JvmCommand command(LaunchSettings settings, CodePath code) throws IOException {
        try (PoolDirectory directory = PoolDirectory.create()) {
            return new JvmCommand(settings, code, directory, 1);
        }
    }

    @Test
    void theCommandIsShortAndTheFileHoldsTheRestWithTheUsersOptionsLast() throws Exception {
        LaunchSettings settings = new LaunchSettings(
                Path.of("/jdk"),
                List.of("-Xmx77m", "-XX:ErrorFile=mine"),
                Map.of(),
                null,
                OutputTarget.NOWHERE,
                false,
                0);
        CodePath code = new CodePath(Set.of("/lib/kryo5.jar"), 1, Set.of(), Set.of(), Coppice.ON_CLASS_PATH);
        WorkerFiles files = new WorkerFiles(temporary, settings);
        Path file = files.arguments();
        List<String> command = command(settings, code).writtenTo(files);
        assertThat(command)
                .containsExactly("/jdk/bin/java", "@" + file, "io.coppice.worker.WorkerMain", temporary.toString());
        assertThat(Files.readAllLines(file))
                .containsSubsequence(
                        "\"-XX:ErrorFile=" + files.errorFile() + "\"",
                        "\"-XX:CompileThresholdScaling=5\"",
                        "\"-Xmx77m\"",
                        "\"-XX:ErrorFile=mine\"",
                        "\"-cp\"",
                        "\"/lib/kryo5.jar\"");
    }

    @Test
    void anImageWithCoppiceInItRunsItsWorkersItself() throws Exception {
        CodePath code = new CodePath(Set.of(), 0, Set.of(), Set.of(), Coppice.IN_IMAGE);
        Path home = Path.of(System.getProperty("java.home"));
        command(new LaunchSettings(home, List.of(), Map.of(), null, OutputTarget.NOWHERE, false, 0), code);
        LaunchSettings elsewhere =
                new LaunchSettings(Path.of("/jdk"), List.of(), Map.of(), null, OutputTarget.NOWHERE, false, 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> command(elsewhere, code))
                .withMessageContainingAll("javaHome=" + Path.of("/jdk"), "java.home=" + home);
    }

    @Test
    void exitCodesAbove128AreReadAsSignals() {
        assertThat(ExitStatus.describe(137)).isEqualTo("137 (SIGKILL)");
        assertThat(ExitStatus.describe(134)).isEqualTo("134 (SIGABRT)");
        assertThat(ExitStatus.describe(143)).isEqualTo("143 (SIGTERM)");
        assertThat(ExitStatus.describe(3)).isEqualTo("3");
        assertThat(ExitStatus.describe(255)).isEqualTo("255");
    }

    @Test
    void aPoolsDirectoryIsItsOwnersAloneAndGoesWithAllThatIsInIt() throws Exception {
        Path made;
        try (PoolDirectory directory = PoolDirectory.create()) {
            made = directory.socket().getParent();
            Path worker = directory.createWorkerDirectory(1);
            Files.writeString(worker.resolve("file"), "x");
            for (Path each : List.of(made, worker))
                assertThat(Files.getPosixFilePermissions(each).toString()).doesNotContain("GROUP", "OTHERS");
        }
        assertThat(made).doesNotExist();
    }
}
