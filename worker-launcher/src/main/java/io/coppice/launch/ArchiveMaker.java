package io.coppice.launch;

import io.coppice.worker.Offspring;
import io.coppice.worker.Rehearsal;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link ClassArchive}, in the background: a JVM like a worker's plays some calls through and leaves the
 * archive when it exits; another one proves that it can be used; then it gets its name. Whatever fails, there is no
 * archive, and that is all. Ends with the pool, or the JVM, unfinished if need be. Thread-safe.
 */
final class ArchiveMaker implements AutoCloseable {
    /** A program that ends sooner is not to pay for it. */
    private static final Duration AFTER = Duration.ofSeconds(10);

    private static final List<String> OF_THE_API = List.of(
            "Task",
            "Fn1",
            "Fn2",
            "Fn3",
            "Invocables$OfCallable",
            "Invocables$OfFn1",
            "Invocables$OfFn2",
            "Invocables$OfFn3");
    private static final long MADE_WITHIN_SECONDS = 120;
    private static final long ENDS_WITHIN_MILLIS = 2_000;
    private static final Path NICE = Path.of("/usr/bin/nice");

    private final ClassArchive archive;
    private final Path javaExecutable;
    private final String packageOfTheApi;

    private @Nullable Process process; // guarded by this
    private @Nullable Thread thread; // guarded by this
    private boolean closed; // guarded by this

    /** @param packageOfTheApi some classes of which workers load, too */
    ArchiveMaker(ClassArchive archive, Path javaExecutable, String packageOfTheApi) {
        this.archive = archive;
        this.javaExecutable = javaExecutable;
        this.packageOfTheApi = packageOfTheApi;
    }

    /** How long a pool lives before. */
    static Duration after() {
        String asked = System.getProperty(ClassArchive.PROPERTY, "");
        try {
            return asked.startsWith("P") ? Duration.parse(asked) : AFTER;
        } catch (DateTimeParseException noDuration) {
            return AFTER;
        }
    }

    /** Starts making it, if there is none and nobody else makes one. Does not wait. */
    void start(String pool) {
        Thread made = new Thread(null, this::makeIfNeeded, pool + "-archive", 256 << 10);
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        try {
            made.start();
        } catch (OutOfMemoryError noThread) {
            return; // then without
        }
        synchronized (this) {
            thread = made;
        }
    }

    private void makeIfNeeded() {
        try {
            if (!archive.options().isEmpty() || !archive.folder().prepare(archive.ownedByUs())) return;
            try (ArchiveFolder.Making lock = archive.folder().tryLock()) {
                String name = archive.name();
                if (lock == null || name == null || !archive.options().isEmpty()) return;
                archive.folder().tidy();
                make(name);
            }
        } catch (IOException | RuntimeException | Error failed) {
            // then without: a worker starts as it did before
        }
    }

    private void make(String name) throws IOException {
        Path made = archive.folder().temporary(name);
        try {
            Files.deleteIfExists(made);
            if (!runs(rehearsal(made)) || !Files.isRegularFile(made)) return;
            // The jars may have changed meanwhile.
            if (runs(proof(made)) && name.equals(archive.name()))
                archive.folder().put(name, made);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private List<String> rehearsal(Path made) {
        List<String> command = java("-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable");
        command.add(Rehearsal.class.getName());
        // In the pool's own folder, which goes with the pool, however the rehearsal ends; as short as the pool's
        // socket.
        command.add(archive.ownedByUs().resolve("stage").toString());
        for (String name : OF_THE_API) command.add(packageOfTheApi + "." + name);
        return command;
    }

    /** With -Xshare:on a JVM ends at once if an archive does not fit. */
    private List<String> proof(Path made) {
        List<String> command = java("-XX:SharedArchiveFile=" + made, "-Xshare:on", "-Xlog:disable");
        command.add(Rehearsal.class.getName());
        command.add(Rehearsal.NOTHING);
        return command;
    }

    private List<String> java(String... options) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) command.addAll(List.of(NICE.toString(), "-n", "19"));
        command.add(javaExecutable.toString());
        command.addAll(List.of(options));
        StringJoiner classPath = new StringJoiner(File.pathSeparator);
        for (Path jar : archive.jars()) classPath.add(jar.toString());
        command.addAll(List.of("-cp", classPath.toString()));
        return command;
    }

    /** Whether it ends well, in time. It halts when its stdin ends, which it does with this JVM. */
    private boolean runs(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .directory(archive.folder().directory().toFile());
        InheritedOptions.filter(builder.environment());
        builder.environment().remove(Offspring.MARK); // of the worker this may be
        Process started;
        synchronized (this) {
            if (closed) return false;
            started = process = builder.start();
        }
        try {
            return started.waitFor(MADE_WITHIN_SECONDS, TimeUnit.SECONDS) && started.exitValue() == 0;
        } catch (InterruptedException nobodyDoes) {
            return false;
        } finally {
            started.destroyForcibly();
            closeQuietly(started);
        }
    }

    private static void closeQuietly(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // that is what was wanted
        }
    }

    /** Ends what is being made. Any thread; does not wait. */
    synchronized void kill() {
        closed = true;
        if (process != null) process.destroyForcibly();
    }

    /** As {@link #kill}, and waits until nothing is left of it. */
    @Override
    public void close() {
        kill();
        Thread maker;
        synchronized (this) {
            maker = thread;
        }
        if (maker == null) return;
        try {
            maker.join(ENDS_WITHIN_MILLIS);
        } catch (InterruptedException endAtOnce) {
            // what is left is a temporary file, for the next maker to delete
        }
    }
}
