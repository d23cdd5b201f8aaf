package io.coppice.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWorkTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theSumIsThatOfTheStandardsExample() throws Exception {
        Path abc = Files.write(folder.resolve("abc"), "abc".getBytes(US_ASCII));
        FileFacts facts = FileWork.read(abc.toString());
        assertThat(facts.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(facts.bytes()).isEqualTo(3);
        assertThat(facts.workerPid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void aFileOfManyBuffersIsReadWhole() throws Exception {
        Path zeros = Files.write(folder.resolve("zeros"), new byte[1_000_000]);
        FileFacts facts = FileWork.read(zeros.toString());
        assertThat(facts.sha256()).isEqualTo("d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025");
        assertThat(facts.bytes()).isEqualTo(1_000_000);
        assertThat(facts.gzipBytes()).isBetween(900L, 2_000L);
    }

    @Test
    void anEmptyFileHasASumToo() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(FileWork.read(empty.toString()).sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aFileThatIsGoneThrows() {
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> FileWork.read(gone.toString())).isInstanceOf(NoSuchFileException.class);
    }
}
