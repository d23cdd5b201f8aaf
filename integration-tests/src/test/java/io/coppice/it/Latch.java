package io.coppice.it;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A latch that works across JVMs: a file. Opened by writing into it, which also leaves word of who did. */
record Latch(String path) implements Serializable {
    static Latch in(Path directory, String name) {
        return new Latch(directory.resolve(name).toString());
    }

    /** Opens the latch, and leaves a line in it. */
    void open(String word) {
        try {
            Files.writeString(Path.of(path), word + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void open() {
        open("open");
    }

    boolean isOpen() {
        return !words().isEmpty();
    }

    /** What was left by those who opened it. */
    List<String> words() {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (NoSuchFileException notYet) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits inside a call until the latch is open. */
    void await() {
        while (!isOpen()) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
