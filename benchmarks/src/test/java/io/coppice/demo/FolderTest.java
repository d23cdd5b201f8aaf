package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    @TempDir
    Path home = Path.of("");

    @Test
    void theJdksModulesAreTheDefault() throws IOException {
        Files.createDirectory(home.resolve("jmods"));
        Files.createDirectory(home.resolve("lib"));
        assertThat(Folder.ofTheJdk(home)).isEqualTo(home.resolve("jmods"));
    }

    @Test
    void aJdkWithoutModulesGivesItsLibraries() throws IOException {
        Files.createDirectory(home.resolve("lib"));
        assertThat(Folder.ofTheJdk(home)).isEqualTo(home.resolve("lib"));
    }

    @Test
    void filesOfAllDepthsAreListedLargestFirst() throws IOException {
        Files.createDirectories(home.resolve("a/b"));
        Files.write(home.resolve("small"), new byte[1]);
        Files.write(home.resolve("a/b/large"), new byte[100]);
        Files.write(home.resolve("a/same"), new byte[1]);
        Folder folder = Folder.list(home);
        assertThat(folder.paths())
                .extracting(path -> Path.of(path).getFileName().toString())
                .containsExactly("large", "same", "small");
        assertThat(folder.bytes()).isEqualTo(102);
        assertThat(folder.unlisted()).isEmpty();
    }

    @Test
    void linksAndFoldersAreNoFiles() throws IOException {
        Path file = Files.write(home.resolve("file"), new byte[1]);
        Files.createSymbolicLink(home.resolve("link"), file);
        Files.createDirectory(home.resolve("folder"));
        assertThat(Folder.list(home).paths()).containsExactly(file.toRealPath().toString());
    }
}
