package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.launch.CodePath.Coppice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archive a worker is started with, and when with none. */
class ClassArchiveTest {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path temporary;

    private Path jar(String name) throws Exception {
        return Files.writeString(temporary.resolve(name), "a jar's content, more or less: " + name);
    }

    private static LaunchSettings settings(String... options) {
        return new LaunchSettings(JAVA_HOME, List.of(options), Map.of(), null, OutputTarget.NOWHERE, true, 0);
    }

    private static @Nullable ClassArchive archive(LaunchSettings settings, List<String> inherited, Path... classPath)
            throws Exception {
        Set<String> entries = new LinkedHashSet<>();
        for (Path each : classPath) entries.add(each.toString());
        CodePath code = new CodePath(entries, 2, Set.of(), Set.of(), Coppice.ON_CLASS_PATH);
        try (PoolDirectory directory = PoolDirectory.create()) {
            return ClassArchive.of(settings, inherited, code, directory);
        }
    }

    @Test
    void itIsOfTheJdkAndOfCoppicesOwnJarsAsTheyAre() throws Exception {
        Path one = jar("one.jar");
        Path two = jar("two.jar");
        String name =
                Objects.requireNonNull(archive(settings(), List.of(), one, two)).name();
        assertThat(name).matches("[0-9a-f]{32}");
        assertThat(Objects.requireNonNull(archive(settings(), List.of(), one, two, jar("users.jar")))
                        .name())
                .isEqualTo(name);
        assertThat(Objects.requireNonNull(archive(settings(), List.of(), two, one))
                        .name())
                .isNotEqualTo(name);

        FileTime time = Files.getLastModifiedTime(two);
        Files.setLastModifiedTime(two, FileTime.from(time.to(TimeUnit.SECONDS) - 10, TimeUnit.SECONDS));
        String older =
                Objects.requireNonNull(archive(settings(), List.of(), one, two)).name();
        assertThat(older).isNotEqualTo(name);
        Files.writeString(two, "more, at the same time");
        Files.setLastModifiedTime(two, time);
        assertThat(Objects.requireNonNull(archive(settings(), List.of(), one, two))
                        .name())
                .isNotIn(name, older);
        Files.delete(two);
    }

    @Test
    void thereIsNoneWhereItCannotBeOrShallNotBe() throws Exception {
        Path one = jar("one.jar");
        Path two = jar("two.jar");
        assertThat(archive(settings(), List.of(), one, two)).isNotNull();
        assertThat(archive(settings("-Xmx1g"), List.of("-Da=b"), one, two)).isNotNull();
        assertThat(archive(settings("-Xshare:off"), List.of(), one, two)).isNull();
        assertThat(archive(settings("-XX:SharedArchiveFile=mine"), List.of(), one, two))
                .isNull();
        assertThat(archive(settings(), List.of("-Djava.system.class.loader=com.acme.Loader"), one, two))
                .isNull();
        assertThat(archive(settings(), List.of("--patch-module=java.base=x"), one, two))
                .isNull();
        assertThat(archive(settings(), List.of(), one, temporary)).isNull(); // a folder of classes
        assertThat(archive(settings(), List.of(), one)).isNull();
        LaunchSettings without =
                new LaunchSettings(JAVA_HOME, List.of(), Map.of(), null, OutputTarget.NOWHERE, false, 0);
        assertThat(archive(without, List.of(), one, two)).isNull();
    }

    // ---- the folder ----

    private ArchiveFolder folder() {
        ArchiveFolder folder = new ArchiveFolder(temporary.resolve("cache").resolve("coppice"));
        assertThat(folder.prepare(temporary)).isTrue();
        return folder;
    }

    @Test
    void anArchiveThatWasCutShortOrHasGrownIsNotFound() throws Exception {
        ArchiveFolder folder = folder();
        assertThat(folder.find("abc", temporary)).isNull();
        Path made = Files.writeString(folder.temporary("abc"), "an archive");
        folder.put("abc", made);
        Path archive = Objects.requireNonNull(folder.find("abc", temporary));
        assertThat(archive).hasFileName("abc-10.jsa");
        assertThat(made).doesNotExist();
        assertThat(folder.find("ab", temporary)).isNull();
        Files.writeString(archive, "an arch");
        assertThat(folder.find("abc", temporary)).isNull();
        Files.writeString(archive, "an archive and more");
        assertThat(folder.find("abc", temporary)).isNull();
    }

    @Test
    void aFolderThatOthersMayWriteToIsNotTrusted() throws Exception {
        ArchiveFolder folder = folder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.directory())))
                .isEqualTo("rwx------");
        folder.put("abc", Files.writeString(folder.temporary("abc"), "an archive"));
        Files.setPosixFilePermissions(folder.directory(), PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(folder.find("abc", temporary)).isNull();
        assertThat(folder.prepare(temporary)).isFalse();
        Files.setPosixFilePermissions(folder.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(folder.find("abc", temporary)).isNotNull();
    }

    @Test
    void oneMakesAtATime() throws Exception {
        ArchiveFolder folder = folder();
        try (ArchiveFolder.Making first = folder.tryLock()) {
            assertThat(first).isNotNull();
            assertThat(folder.tryLock()).isNull();
        }
        try (ArchiveFolder.Making next = folder.tryLock()) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void whatNobodyUsesAndWhatWasNeverFinishedIsDeleted() throws Exception {
        ArchiveFolder folder = folder();
        Instant now = Instant.now();
        for (int i = 0; i < 12; i++) {
            Path archive = Files.writeString(folder.directory().resolve("a" + i + "-1.jsa"), "x");
            Files.setLastModifiedTime(archive, FileTime.from(now.minusSeconds(100 + i)));
        }
        Path old = Files.writeString(folder.directory().resolve("old-1.jsa"), "x");
        Files.setLastModifiedTime(old, FileTime.from(now.minusSeconds(40L * 24 * 3600)));
        Path left = Files.writeString(folder.directory().resolve("a.1.tmp"), "x");
        Files.setLastModifiedTime(left, FileTime.from(now.minusSeconds(7200)));
        Path beingMade = Files.writeString(folder.directory().resolve("b.2.tmp"), "x");
        Path other = Files.writeString(folder.directory().resolve("notes.txt"), "x");
        folder.tidy();
        assertThat(old).doesNotExist();
        assertThat(left).doesNotExist();
        assertThat(beingMade).exists();
        assertThat(other).exists();
        assertThat(folder.directory().resolve("a7-1.jsa")).exists();
        assertThat(folder.directory().resolve("a8-1.jsa")).doesNotExist();
    }

    @Test
    void anArchiveInUseIsNotedAsUsed() throws Exception {
        ArchiveFolder folder = folder();
        Path archive = Files.writeString(folder.directory().resolve("a-1.jsa"), "x");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(20L * 24 * 3600)));
        assertThat(folder.find("a", temporary)).isEqualTo(archive);
        assertThat(Files.getLastModifiedTime(archive).toInstant())
                .isAfter(Instant.now().minusSeconds(3600));
    }
}
