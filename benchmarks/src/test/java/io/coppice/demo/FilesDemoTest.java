package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesDemoTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFolderThatIsNotThereIsRefused() {
        refused(folder.resolve("nowhere"), "there is no such folder");
    }

    @Test
    void aFileIsRefused() throws IOException {
        refused(Files.createFile(folder.resolve("file")), "this is not a folder");
    }

    @Test
    void aFolderWithoutFilesIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        refused(folder, "there is no regular file below");
    }

    @Test
    void aFolderWithAFileIsTaken() throws Exception {
        Files.createFile(folder.resolve("file"));
        assertThat(FilesDemo.folder(folder).files()).hasSize(1);
    }

    private static void refused(Path path, String reason) {
        assertThatThrownBy(() -> FilesDemo.folder(path))
                .isInstanceOf(FilesDemo.UnusableFolder.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(path.toString());
    }
}
