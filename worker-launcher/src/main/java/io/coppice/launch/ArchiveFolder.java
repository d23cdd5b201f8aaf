package io.coppice.launch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where this user's archives of the workers' classes are: {@code $XDG_CACHE_HOME/coppice}, {@code ~/.cache/coppice}, or
 * {@code ~/Library/Caches/coppice} on a Mac. Only a folder that nobody else can write to is used: what is in an archive
 * is run. An archive's name ends with its length, so that one that was cut short is not taken for whole.
 */
final class ArchiveFolder {
    /** Names the folder instead. */
    static final String PROPERTY = "coppice.cacheDirectory";

    private static final String SUFFIX = ".jsa";
    private static final int MOST_ARCHIVES = 8;
    private static final Duration UNUSED_FOR = Duration.ofDays(30);
    /** The time of its last use is noted no more often. */
    private static final Duration NOTED_EVERY = Duration.ofDays(1);

    private static final Duration LEFT_BEHIND_AFTER = Duration.ofHours(1);
    /** Group and others, in a mode. */
    private static final int WRITABLE_BY_OTHERS = 022;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    ArchiveFolder(Path folder) {
        this.folder = folder;
    }

    Path directory() {
        return folder;
    }

    /** Null where there is no home. */
    static @Nullable ArchiveFolder ofThisUser() {
        String named = System.getProperty(PROPERTY);
        if (named != null) return new ArchiveFolder(Path.of(named).toAbsolutePath());
        String caches = System.getenv("XDG_CACHE_HOME");
        if (caches != null && caches.startsWith("/")) return new ArchiveFolder(Path.of(caches, "coppice"));
        String home = System.getProperty("user.home", "");
        if (home.length() < 2) return null; // "?" or "/": a user without one
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        Path all = mac ? Path.of(home, "Library", "Caches") : Path.of(home, ".cache");
        return new ArchiveFolder(all.resolve("coppice"));
    }

    /** The whole archive of this name, or null. Notes that it was used. Every worker's start goes through here. */
    @Nullable
    Path find(String name, Path ownedByUs) {
        String[] files = folder.toFile().list(); // a few; and java.io is there, while a stream of paths must be loaded
        if (files == null) return null;
        String prefix = name + "-";
        for (String file : files) {
            if (!file.startsWith(prefix) || !file.endsWith(SUFFIX)) continue;
            Path archive = folder.resolve(file);
            File asFile = archive.toFile();
            if (!file.equals(fileName(name, asFile.length())) || !isPrivate(ownedByUs)) continue;
            long now = System.currentTimeMillis();
            if (asFile.lastModified() < now - NOTED_EVERY.toMillis() && !asFile.setLastModified(now))
                continue; // it will be taken for unused
            return archive;
        }
        return null;
    }

    private static String fileName(String name, long size) {
        return name + "-" + size + SUFFIX;
    }

    /** Ours, and nobody else may write there. */
    private boolean isPrivate(Path ownedByUs) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) return true; // a Windows home
        Map<String, Object> facts = ownerOf(folder);
        Object owner = facts.get("uid");
        return owner != null
                && owner.equals(ownerOf(ownedByUs).get("uid"))
                && facts.get("mode") instanceof Integer mode
                && (mode & WRITABLE_BY_OTHERS) == 0;
    }

    /** Its uid and mode; empty where they are not told. */
    static Map<String, Object> ownerOf(Path file) {
        try {
            return Files.readAttributes(file, "unix:uid,mode");
        } catch (IOException | RuntimeException unknown) {
            return Map.of();
        }
    }

    // ---- making ----

    /** Makes the folder, if need be; whether archives may be put there. */
    boolean prepare(Path ownedByUs) {
        try {
            Files.createDirectories(folder.getParent());
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
                if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
                    Files.setPosixFilePermissions(folder, OWNER_ONLY);
            }
            return isPrivate(ownedByUs) && Files.isWritable(folder);
        } catch (IOException | RuntimeException notThere) {
            return false;
        }
    }

    /** Who makes one in this JVM: closing a second channel of the lock's file would give the first one's lock away. */
    private static final AtomicBoolean MAKING_HERE = new AtomicBoolean();

    /** A lock on making, over all processes of this user. */
    static final class Making implements AutoCloseable {
        private final FileChannel channel;

        private Making(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                MAKING_HERE.set(false);
            }
        }
    }

    /**
     * Null if another process, or another pool of this one, makes an archive now. The file stays, the lock does not.
     */
    @Nullable
    Making tryLock() throws IOException {
        if (!MAKING_HERE.compareAndSet(false, true)) return null;
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? new Making(channel) : null;
        } finally {
            if (!locked) {
                if (channel != null) channel.close();
                MAKING_HERE.set(false);
            }
        }
    }

    /** Where an archive is made, before it has its name. */
    Path temporary(String name) {
        return folder.resolve(name + "." + OwnPid.get() + ".tmp");
    }

    /** Gives a whole archive its name: from now on it is found. */
    void put(String name, Path made) throws IOException {
        Files.move(made, folder.resolve(fileName(name, Files.size(made))), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Deletes what nobody has used for long, the oldest beyond some few, and what was never finished. Under the lock.
     */
    void tidy() {
        Instant now = Instant.now();
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*{" + SUFFIX + ",.tmp}")) {
            for (Path each : all) {
                boolean isArchive = each.toString().endsWith(SUFFIX);
                Instant limit = now.minus(isArchive ? UNUSED_FOR : LEFT_BEHIND_AFTER);
                if (lastUse(each).isBefore(limit)) Files.deleteIfExists(each);
                else if (isArchive) archives.add(each);
            }
            archives.sort(Comparator.comparing(ArchiveFolder::lastUse).reversed());
            for (int i = MOST_ARCHIVES; i < archives.size(); i++) Files.deleteIfExists(archives.get(i));
        } catch (IOException | RuntimeException busy) {
            // another time
        }
    }

    private static Instant lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }
}
