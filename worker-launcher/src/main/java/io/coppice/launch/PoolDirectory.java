package io.coppice.launch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool's private place on disk, mode 0700: the socket, one folder per worker, and copies of those jars of ours that
 * lie in another jar. Named {@code coppice-<pid>-<random>}, so that whoever finds it knows whose it was. While the pool
 * lives it holds a lock on a file in there: what a killed process leaves, others may tell from what is in use.
 * Thread-safe.
 */
public final class PoolDirectory implements AutoCloseable {
    /** What sockaddr_un holds on Linux, less the end mark; macOS and BSD hold four bytes fewer. */
    private static final int MAX_SOCKET_PATH_BYTES = 103;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** A folder that is being filled cannot be deleted; soon nobody does that any more. */
    private static final int TRIES = 20;

    private static final String NAME = "coppice-";
    private static final String WORKER = "worker-";

    private static final long SWEEPS_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicLong SWEPT_AT = new AtomicLong(System.nanoTime() - SWEEPS_EVERY_NANOS);

    private final Path directory;
    private boolean closed; // guarded by this
    private @Nullable FileChannel held; // guarded by this; the lock goes with it

    private PoolDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes one under java.io.tmpdir, or under /tmp where that is too deep for a socket's path. */
    public static PoolDirectory create() throws IOException {
        Path asked = Path.of(System.getProperty("java.io.tmpdir"));
        for (Path parent : List.of(asked, Path.of("/tmp"))) {
            if (!Files.isDirectory(parent)) continue;
            String prefix = NAME + OwnPid.get() + "-";
            PoolDirectory made = new PoolDirectory(createIn(parent, prefix));
            if (made.socket().toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH_BYTES) return made;
            made.close();
        }
        throw new IOException("no directory short enough for a Unix socket's path: java.io.tmpdir=" + asked
                + ", maxBytes=" + MAX_SOCKET_PATH_BYTES + "; set -Djava.io.tmpdir to a shorter one");
    }

    private static Path createIn(Path parent, String prefix) throws IOException {
        try {
            while (true) {
                // Not Files.createTempDirectory: its SecureRandom takes longer to load than a process to start.
                long random = ThreadLocalRandom.current().nextLong() >>> 1;
                try {
                    return Files.createDirectory(parent.toAbsolutePath().resolve(prefix + random), ownerOnly(parent));
                } catch (FileAlreadyExistsException taken) {
                    // another one
                }
            }
        } catch (IOException failure) {
            throw new IOException(
                    "no directory for the pool could be made: java.io.tmpdir=" + parent
                            + "; set -Djava.io.tmpdir to one that can be written",
                    failure);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path parent) {
        boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0]; // Windows: the user's own temporary directory is private already
    }

    /** Where the pool listens. */
    public Path socket() {
        return directory.resolve("socket");
    }

    Path path() {
        return directory;
    }

    /** Whose process's a folder of this name is; -1: it is no pool's. */
    static long pidOf(String name) {
        if (!name.startsWith(NAME)) return -1;
        int end = name.indexOf('-', NAME.length());
        try {
            if (end < 0 || Long.parseLong(name.substring(end + 1)) < 0) return -1;
            return Long.parseLong(name.substring(NAME.length(), end));
        } catch (NumberFormatException another) {
            return -1;
        }
    }

    /** The file that a living pool holds. */
    static Path heldFile(Path directory) {
        return directory.resolve("held");
    }

    /**
     * Takes the lock, if it has not been taken, and deletes what pools of killed processes have left, if this JVM has not
     * just done so. Any time soon after it was made: the first worker's start must not wait for it.
     */
    void settle() {
        hold();
        long now = System.nanoTime();
        long last = SWEPT_AT.get();
        if (now - last >= SWEEPS_EVERY_NANOS && SWEPT_AT.compareAndSet(last, now)) LeftFolders.sweepBeside(directory);
    }

    private synchronized void hold() {
        if (closed || held != null) return;
        Path made = directory.resolve("held.new");
        try {
            held = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // It has its name only when it is locked: nobody is to find it before.
            if (held.tryLock() != null) Files.move(made, heldFile(directory), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException noLocks) {
            // then nobody sweeps it, should this process be killed, until it is old
        }
    }

    /** Whether this lies in it. */
    boolean holds(Path file) {
        return file.startsWith(directory);
    }

    /** Makes the folder of one worker. */
    Path createWorkerDirectory(int worker) throws IOException {
        return create(directory.resolve(WORKER + worker));
    }

    /** Names the worker of this folder, in its environment; no name is the beginning of another. */
    static String markOf(Path workerDirectory) {
        String number = workerDirectory.getFileName().toString().substring(WORKER.length());
        return workerDirectory.resolveSibling("").getFileName() + "/" + number + "/";
    }

    /** The marks of the workers whose folders are there: of those that have not left. */
    static Set<String> marksIn(Path directory) {
        Set<String> marks = new HashSet<>();
        String[] names = directory.toFile().list();
        if (names == null) return marks;
        for (String name : names) if (name.startsWith(WORKER)) marks.add(markOf(directory.resolve(name)));
        return marks;
    }

    private synchronized Path create(Path folder) throws IOException {
        if (closed) throw new IOException("the pool has ended");
        return Files.createDirectory(folder, ownerOnly(directory));
    }

    /** Makes the folder of the jars that all workers share, if it is not there. */
    Path createLibraryDirectory() throws IOException {
        Path libraries = directory.resolve("lib");
        return Files.isDirectory(libraries) ? libraries : create(libraries);
    }

    /** Deletes one worker's folder with all that is in it. */
    void deleteWorkerDirectory(Path workerDirectory) {
        deleteTree(workerDirectory);
    }

    /** Deletes everything, also what is being put there meanwhile. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            letGo();
        }
        for (int i = 0; i < TRIES && Files.exists(directory); i++) deleteTree(directory);
    }

    private void letGo() {
        try {
            if (held != null) held.close();
        } catch (IOException gone) {
            // so is the lock
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /** A folder with nothing but files in it, as most are; a walk through a tree takes twenty classes. */
    private static boolean deleteFlat(File folder) {
        String[] files = folder.list();
        if (files == null) return false;
        for (String file : files) if (!new File(folder, file).delete()) return false;
        return folder.delete();
    }

    /** As far as it goes: a file that cannot be deleted is the system's to sweep. */
    static void deleteTree(Path root) {
        if (deleteFlat(root.toFile())) return;
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            // nothing to do about it
        }
    }
}
