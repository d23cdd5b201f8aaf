package io.coppice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An input that a decoder must not answer as it did.
 *
 * @param number of the input, from which and the seed it can be made again
 */
record Finding(
        String target,
        long number,
        byte[] input,
        String what,
        @Nullable Throwable thrown) {
    /** Keeps the input. */
    Path savedIn(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(target.replaceAll("[^a-z]+", "-") + "-" + number);
        return Files.write(file, input);
    }
}
