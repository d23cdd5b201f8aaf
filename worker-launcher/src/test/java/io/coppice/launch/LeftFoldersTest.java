package io.coppice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What pools of killed processes have left, and what only looks like it. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LeftFoldersTest {
    /** No process has this number: the largest that Linux gives is smaller. */
    private static final long NOBODY = 99_999_999;

    @TempDir
    Path temporary;

    private Path own;

    @BeforeEach
    void aPoolOfOurOwn() throws IOException {
        own = folder("coppice-" + OwnPid.get() + "-1", "rwx------");
    }

    private Path folder(String name, String mode) throws IOException {
        return Files.createDirectory(
                temporary.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    }

    private Path left(String name) throws IOException {
        Path left = folder(name, "rwx------");
        Files.createFile(PoolDirectory.heldFile(left));
        Path worker = Files.createDirectory(left.resolve("worker-1"));
        Files.writeString(worker.resolve("hs_err_pid7.log"), "x");
        return left;
    }

    @Test
    void whatAKilledProcessHasLeftIsDeletedWhoeverHasItsNumberNow() throws IOException {
        Path one = left("coppice-" + NOBODY + "-1");
        Path reused = left("coppice-1-2");
        LeftFolders.sweepBeside(own);
        assertThat(one).doesNotExist();
        assertThat(reused).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void whatOnlyLooksLikeItIsLeftAlone() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.createFile(PoolDirectory.heldFile(elsewhere));
        Path precious = Files.writeString(elsewhere.resolve("precious"), "x");
        List<Path> others = new ArrayList<>();
        others.add(Files.createSymbolicLink(temporary.resolve("coppice-" + NOBODY + "-1"), elsewhere));
        others.add(left("coppice-" + NOBODY));
        others.add(left("coppice-" + NOBODY + "-x"));
        others.add(left("coppice-x-1"));
        others.add(left("coppice-" + OwnPid.get() + "-2"));
        others.add(Files.createFile(temporary.resolve("coppice-" + NOBODY + "-3")));
        Path open = folder("coppice-" + NOBODY + "-4", "rwxr-xr-x");
        Files.createFile(PoolDirectory.heldFile(open));
        others.add(open);
        Path linked = folder("coppice-" + NOBODY + "-5", "rwx------");
        Files.createSymbolicLink(PoolDirectory.heldFile(linked), precious);
        others.add(linked);
        LeftFolders.sweepBeside(own);
        assertThat(others).allMatch(other -> Files.exists(other, java.nio.file.LinkOption.NOFOLLOW_LINKS));
        assertThat(precious).exists();
    }

    @Test
    void aLinkInOneIsDeletedAndNotFollowed() throws IOException {
        Path precious = Files.writeString(
                Files.createDirectory(temporary.resolve("elsewhere")).resolve("precious"), "x");
        Path left = left("coppice-" + NOBODY + "-1");
        Files.createSymbolicLink(left.resolve("link"), precious.getParent());
        LeftFolders.sweepBeside(own);
        assertThat(left).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    void oneThatWasNeverHeldMustBeOld() throws IOException {
        Path young = folder("coppice-" + NOBODY + "-1", "rwx------");
        Path old = folder("coppice-" + NOBODY + "-2", "rwx------");
        Path livingOnesOld = folder("coppice-1-3", "rwx------");
        FileTime twoHoursAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(old, twoHoursAgo);
        Files.setLastModifiedTime(livingOnesOld, twoHoursAgo);
        LeftFolders.sweepBeside(own);
        assertThat(young).exists();
        assertThat(old).doesNotExist();
        assertThat(livingOnesOld).exists();
    }

    /** As in another process, or in a pool of another class loader. */
    @Test
    void oneThatIsHeldLives() throws IOException {
        Path lives = left("coppice-" + NOBODY + "-1");
        try (FileChannel held = FileChannel.open(PoolDirectory.heldFile(lives), StandardOpenOption.WRITE)) {
            assertThat(held.tryLock()).isNotNull();
            LeftFolders.sweepBeside(own);
            assertThat(lives).exists();
        }
        LeftFolders.sweepBeside(own);
        assertThat(lives).doesNotExist();
    }

    @Test
    void severalThatSweepAtATimeHarmNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<Path> left = new ArrayList<>();
            for (int i = 0; i < 10; i++) left.add(left("coppice-" + NOBODY + "-" + i));
            CyclicBarrier together = new CyclicBarrier(3);
            List<Thread> sweepers = new ArrayList<>();
            for (int i = 0; i < 3; i++)
                sweepers.add(new Thread(() -> {
                    try {
                        together.await();
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                    LeftFolders.sweepBeside(own);
                }));
            sweepers.forEach(Thread::start);
            for (Thread sweeper : sweepers) sweeper.join();
            LeftFolders.sweepBeside(own); // what all three left to each other
            assertThat(left).noneMatch(Files::exists);
        }
    }

    @Test
    void aLivingPoolHoldsItsFolderUntilItIsClosed() throws Exception {
        try (PoolDirectory directory = PoolDirectory.create()) {
            directory.settle();
            directory.settle();
            assertThat(directory.path())
                    .isDirectoryContaining(file -> file.equals(PoolDirectory.heldFile(directory.path())));
        }
    }

    @Test
    void theNameTellsTheProcess() {
        assertThat(PoolDirectory.pidOf("coppice-12-34")).isEqualTo(12);
        for (String other : List.of("coppice-12", "coppice-12-", "coppice--1", "coppice-12--3", "coppice-a-1", "x-1-2"))
            assertThat(PoolDirectory.pidOf(other)).as(other).isEqualTo(-1);
    }
}
