package io.coppice.launch;

import io.coppice.worker.Offspring;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The folders of pools whose process was killed, so that nobody has deleted them. Which those are, tells the lock that
 * every living pool holds on a file in its own ({@link PoolDirectory#hold}): the system gives it up with the process, and
 * knows it by no number that another process may have got, or that means another in a container.
 */
final class LeftFolders {
    /** What is left then another pool may sweep. */
    private static final long SWEEPS_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** One that has no lock is just being made, or was when its process died. */
    private static final long UNHELD_FOR_MILLIS = TimeUnit.HOURS.toMillis(1);

    private static final int OTHERS = 077; // group and others, in a mode

    private final Path parent;
    private final Map<String, Object> ownFacts;

    private LeftFolders(Path ownFolder) {
        parent = ownFolder.resolveSibling("");
        ownFacts = facts(ownFolder);
    }

    /** Deletes those beside this folder, as far as that goes; what it meets that is not like it, it leaves alone. */
    static void sweepBeside(Path ownFolder) {
        try {
            new LeftFolders(ownFolder).sweep();
        } catch (RuntimeException notNow) {
            // another pool will
        }
    }

    private void sweep() {
        long start = System.nanoTime();
        String[] names = parent.toFile().list();
        if (names == null) return;
        for (String name : names) {
            long pid = PoolDirectory.pidOf(name);
            // In a folder of this process nothing is touched: to close another channel of its file would give up the
            // lock.
            if (pid < 0 || pid == OwnPid.get()) continue;
            Path folder = parent.resolve(name);
            if (isOurs(folder)) deleteIfLeft(folder, pid);
            if (System.nanoTime() - start > SWEEPS_FOR_NANOS) return;
        }
    }

    private static Map<String, Object> facts(Path folder) {
        try {
            return Files.readAttributes(folder, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | RuntimeException gone) { // or Windows, where this user's folder is private
            return Map.of();
        }
    }

    /** A folder, no link to one, of this user, and closed to all others. */
    private boolean isOurs(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return false;
        Map<String, Object> facts = facts(folder);
        if (ownFacts.isEmpty()) return facts.isEmpty();
        return facts.get("mode") instanceof Integer mode
                && (mode & OTHERS) == 0
                && Objects.equals(ownFacts.get("uid"), facts.get("uid"));
    }

    /** Its workers have ended with their parent, or have had no memory left for that. */
    private static void delete(Path folder) {
        Set<String> marks = PoolDirectory.marksIn(folder);
        if (!marks.isEmpty()) Offspring.kill(marks);
        PoolDirectory.deleteTree(folder);
    }

    /** Under the lock: of two that sweep one does it. */
    private static void deleteIfLeft(Path folder, long pid) {
        Path held = PoolDirectory.heldFile(folder);
        try (FileChannel channel = FileChannel.open(held, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) delete(folder);
        } catch (NoSuchFileException neverHeld) {
            long age = System.currentTimeMillis() - folder.toFile().lastModified();
            if (age > UNHELD_FOR_MILLIS && ProcessHandle.of(pid).isEmpty()) delete(folder);
        } catch (IOException | OverlappingFileLockException inUse) {
            // then it is not left
        }
    }
}
