package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crash reports outlive their workers, a few of them. */
class KeptCrashFilesTest {
    @TempDir
    Path temporary;

    private Path crash(long pid) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("worker-" + pid));
        return Files.writeString(folder.resolve("hs_err_pid" + pid + ".log"), "# crash of " + pid + "\n");
    }

    @Test
    void aReportIsMovedForItsOwnersEyesOnly() throws Exception {
        Path crash = crash(7);
        Path kept = new KeptCrashFiles(temporary).keep(crash, 7);
        assertThat(kept).isEqualTo(temporary.resolve("coppice-hs_err_pid7.log")).hasContent("# crash of 7\n");
        assertThat(crash).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNameThatIsTakenStaysWhatItIs() throws Exception {
        Path elsewhere = Files.writeString(temporary.resolve("elsewhere"), "kept");
        Files.createSymbolicLink(temporary.resolve("coppice-hs_err_pid7.log"), elsewhere);
        Path kept = new KeptCrashFiles(temporary).keep(crash(7), 7);
        assertThat(kept).isEqualTo(temporary.resolve("coppice-hs_err_pid7-2.log"));
        assertThat(elsewhere).hasContent("kept");
    }

    @Test
    void theOldestGoWhenThereAreMany() throws Exception {
        KeptCrashFiles files = new KeptCrashFiles(temporary);
        for (int pid = 1; pid <= KeptCrashFiles.MOST + 5; pid++) {
            Path crash = crash(pid);
            Files.setLastModifiedTime(crash, FileTime.fromMillis(pid * 1000L));
            assertThat(files.keep(crash, pid)).exists();
        }
        try (Stream<Path> all = Files.list(temporary)) {
            assertThat(all.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".log")))
                    .hasSize(KeptCrashFiles.MOST)
                    .contains("coppice-hs_err_pid6.log", "coppice-hs_err_pid15.log")
                    .doesNotContain("coppice-hs_err_pid5.log");
        }
    }

    @Test
    void whereItCannotBeMovedThereIsNone() throws Exception {
        assertThat(new KeptCrashFiles(temporary.resolve("none")).keep(crash(7), 7))
                .isNull();
    }
}
