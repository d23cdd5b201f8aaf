package io.coppice.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Crash reports of workers that are gone, in java.io.tmpdir: {@code coppice-hs_err_pid<pid>.log}, for the owner's eyes
 * only, as they hold the environment. The latest few of this user stay there until somebody deletes them.
 */
final class KeptCrashFiles {
    static final int MOST = 10;
    private static final String PREFIX = "coppice-hs_err_pid";

    private final Path directory;

    KeptCrashFiles(Path directory) {
        this.directory = directory;
    }

    /** Moves it there; null if that cannot be. */
    @Nullable
    Path keep(Path crashFile, long pid) {
        try {
            if (Files.getFileStore(crashFile).supportsFileAttributeView("posix"))
                Files.setPosixFilePermissions(crashFile, PosixFilePermissions.fromString("rw-------"));
            Path kept = Files.move(crashFile, free(pid));
            deleteOldest(Files.getOwner(kept, LinkOption.NOFOLLOW_LINKS));
            return kept;
        } catch (IOException | RuntimeException notMoved) {
            return null;
        }
    }

    /** A process has its number for a while only. */
    private Path free(long pid) {
        Path file = directory.resolve(PREFIX + pid + ".log");
        for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++)
            file = directory.resolve(PREFIX + pid + "-" + i + ".log");
        return file;
    }

    private void deleteOldest(UserPrincipal owner) throws IOException {
        record Kept(Path file, FileTime time) {}
        List<Kept> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*.log")) {
            for (Path file : files) {
                try {
                    if (Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner))
                        all.add(new Kept(file, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)));
                } catch (IOException gone) {
                    // somebody else tidies up, too
                }
            }
        }
        all.sort(Comparator.comparing(Kept::time).reversed());
        for (int i = MOST; i < all.size(); i++) Files.deleteIfExists(all.get(i).file());
    }
}
