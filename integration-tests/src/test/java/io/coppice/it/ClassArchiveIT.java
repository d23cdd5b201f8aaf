package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.BrokenProcessPool;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the workers' classes is made once, is used by later workers, and harms nobody, whatever happens to it. */
@Tag("jdk")
@Timeout(300)
@ExtendWith(NothingLeftBehind.class)
class ClassArchiveIT {
    private static final String AT_ONCE = "PT0S";

    @TempDir
    Path temporary;

    private final Properties before = new Properties();
    private Path cache;

    @BeforeEach
    void makeArchivesAtOnceAndHere() {
        before.putAll(System.getProperties());
        cache = temporary.resolve("cache");
        System.setProperty("coppice.cacheDirectory", cache.toString());
        System.setProperty("coppice.classDataArchive", AT_ONCE);
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    private List<Path> archives() {
        return files(".jsa");
    }

    private List<Path> files(String suffix) {
        if (!Files.isDirectory(cache)) return List.of();
        try (Stream<Path> all = Files.list(cache)) {
            return all.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Starts the pool's worker and waits for its archive. */
    private Path archiveMadeBy(ProcessPoolExecutor pool) throws Exception {
        pool.submit(ClassArchiveIT::usesAnArchive).result();
        await().atMost(Delays.LONG)
                .until(() -> archives().size() == 1 && files(".tmp").isEmpty());
        return archives().get(0);
    }

    /** In a worker: whether this JVM has mapped one of ours. */
    static boolean usesAnArchive() throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(".jsa\n")
                && Files.readAllLines(Path.of("/proc/self/maps")).stream()
                        .anyMatch(line -> line.matches(".*/[0-9a-f]{32}-\\d+\\.jsa"));
    }

    private static boolean workerUsesAnArchive(WorkerContext context) throws Exception {
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).context(context).build()) {
            return pool.submit(ClassArchiveIT::usesAnArchive).result();
        }
    }

    @Test
    void aPoolMakesOneAndItsLaterWorkersUseIt() throws Exception {
        try (var pool =
                ProcessPoolExecutor.builder().maxWorkers(1).maxTasksPerChild(1).build()) {
            archiveMadeBy(pool);
            await().atMost(Delays.LONG)
                    .until(() -> pool.submit(ClassArchiveIT::usesAnArchive).result());
            // Values that need Kryo, and exceptions, come from it too.
            assertThat(pool.submit(list -> List.of(list.get(0), "b"), List.of("a"))
                            .result())
                    .containsExactly("a", "b");
        }
        assertThat(workerUsesAnArchive(WorkerContext.spawn())).isTrue();
        assertThat(workerUsesAnArchive(WorkerContext.spawn().jvmOptions("-Xmx64m", "-XX:+UseSerialGC")))
                .isTrue();
        assertThat(workerUsesAnArchive(WorkerContext.spawn().classDataArchive(false)))
                .isFalse();
        assertThat(workerUsesAnArchive(WorkerContext.spawn().jvmOptions("-Xshare:off")))
                .isFalse();
    }

    @Test
    void twoPoolsAtOnceMakeOne() throws Exception {
        try (var one = new ProcessPoolExecutor(1);
                var two = new ProcessPoolExecutor(1)) {
            var first = one.submit(ClassArchiveIT::usesAnArchive);
            two.submit(ClassArchiveIT::usesAnArchive).result();
            first.result();
            archiveMadeBy(one);
        }
        assertThat(archives()).hasSize(1);
    }

    @Test
    void aPoolThatEndsMeanwhileLeavesNothing() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(ClassArchiveIT::usesAnArchive).result();
            await().atMost(Delays.LONG).until(() -> files("lock").size() == 1);
        }
        await().atMost(Delays.LONG).until(() -> files(".tmp").isEmpty());
        assertThat(NothingLeftBehind.workers()).isEmpty();
    }

    private static boolean isBeingRehearsed() {
        String ours = "coppice-" + ProcessHandle.current().pid() + "-";
        String[] pools = new File(System.getProperty("java.io.tmpdir")).list((folder, name) -> name.startsWith(ours));
        for (String pool : Objects.requireNonNull(pools))
            if (new File(System.getProperty("java.io.tmpdir"), pool + "/stage").exists()) return true;
        return false;
    }

    @Test
    void whatARehearsalPutsOnDiskGoesWithThePoolThatEndsIt() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(ClassArchiveIT::usesAnArchive).result();
            await().atMost(Delays.LONG).pollInterval(Duration.ofMillis(5)).until(ClassArchiveIT::isBeingRehearsed);
        }
        assertThat(archives()).isEmpty();
    }

    @Test
    void anArchiveThatWasCutShortIsNotUsedAndMadeAnew() throws Exception {
        Path archive;
        try (var pool = new ProcessPoolExecutor(1)) {
            archive = archiveMadeBy(pool);
        }
        long size = Files.size(archive);
        archive.toFile().setWritable(true);
        try (var file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.setLength(size / 2);
        }
        assertThat(workerUsesAnArchive(WorkerContext.spawn())).isFalse();
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(ClassArchiveIT::usesAnArchive).result();
            await().atMost(Delays.LONG)
                    .until(() ->
                            archives().stream().anyMatch(each -> each.toFile().length() > size / 2));
        }
    }

    /** One with other bytes and the same length is not told from a whole one: then the JVM does. */
    @Test
    void garbageInAnArchiveHarmsNoWorkerAndPrintsNothing() throws Exception {
        Path archive;
        try (var pool = new ProcessPoolExecutor(1)) {
            archive = archiveMadeBy(pool);
        }
        archive.toFile().setWritable(true);
        try (var file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.write(new byte[4096]);
        }
        Program program = Program.start(
                temporary,
                List.of("-Dcoppice.cacheDirectory=" + cache),
                System.getProperty("java.class.path"),
                OneCall.class.getName());
        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).containsExactly("2");
        assertThat(program.err()).noneMatch(line -> line.contains("shared") || line.contains("archive"));
    }

    @Test
    void whereNoneCanBePutWorkersStartWithout() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        for (String folder : List.of(file.toString(), file + File.separator + "below", "/proc/coppice")) {
            System.setProperty("coppice.cacheDirectory", folder);
            assertThat(workerUsesAnArchive(WorkerContext.spawn())).isFalse();
        }
    }

    @Test
    void switchedOffNothingIsMade() throws Exception {
        System.setProperty("coppice.classDataArchive", "false");
        assertThat(workerUsesAnArchive(WorkerContext.spawn())).isFalse();
        assertThat(cache).doesNotExist();
    }

    @Test
    void aJavaThatCannotBeStartedIsNamedAsBefore() {
        Path home = temporary.resolve("no-jdk");
        try (var pool = ProcessPoolExecutor.builder()
                .context(WorkerContext.spawn().javaHome(home))
                .build()) {
            assertThatThrownBy(() -> pool.submit(ClassArchiveIT::usesAnArchive).result())
                    .isInstanceOf(BrokenProcessPool.class)
                    .hasMessageContaining("worker could not be started")
                    .hasMessageContaining(home.toString());
        }
    }

    /** A program that prints what its worker has answered. */
    static final class OneCall {
        private OneCall() {}

        static int next(int number) {
            return number + 1;
        }

        public static void main(String[] args) throws Exception {
            try (var pool = new ProcessPoolExecutor(1)) {
                System.out.println(pool.submit(OneCall::next, 1).result());
            }
        }
    }
}
