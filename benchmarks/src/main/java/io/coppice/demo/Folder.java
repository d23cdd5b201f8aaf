package io.coppice.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The regular files below a folder, the largest first: a large one started last would leave the other workers idle.
 *
 * @param root without symbolic links
 * @param files what is to be read
 * @param unlisted what could not even be looked into, each with the reason
 */
record Folder(Path root, List<Entry> files, List<String> unlisted) {
    record Entry(String path, long bytes) {}

    /** Follows no symbolic links below the folder: each file counts once. A part that cannot be listed costs itself. */
    static Folder list(Path folder) throws IOException {
        Path root = folder.toRealPath();
        List<Entry> files = new ArrayList<>();
        List<String> unlisted = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) files.add(new Entry(file.toString(), attributes.size()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                unlisted.add(failure.toString());
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.comparingLong(Entry::bytes).reversed().thenComparing(Entry::path));
        return new Folder(root, List.copyOf(files), List.copyOf(unlisted));
    }

    /** A folder that every reader of this has: the JDK's own modules, or its libraries where it comes without them. */
    static Path ofTheJdk(Path javaHome) {
        Path jmods = javaHome.resolve("jmods");
        return Files.isDirectory(jmods) ? jmods : javaHome.resolve("lib");
    }

    List<String> paths() {
        return files.stream().map(Entry::path).toList();
    }

    long bytes() {
        return files.stream().mapToLong(Entry::bytes).sum();
    }
}
