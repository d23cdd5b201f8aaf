package io.coppice.chunksize;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sample: a line of a file each.
 *
 * @param name where it is from
 * @param items in the order of the file
 */
record Inputs(String name, List<Object> items) {
    private static final String SHIPPED = "numbers.txt";
    private static final int LONGEST_TEXT = 60;

    /**
     * Reads them.
     *
     * @param file a path; {@code -} is stdin, null the numbers that come with the tool
     */
    static Inputs read(@Nullable String file, InputType type) throws IOException {
        if (file == null) {
            InputStream numbers = Objects.requireNonNull(Inputs.class.getResourceAsStream(SHIPPED), SHIPPED);
            return read("the numbers that come with the tool", numbers, type);
        }
        if (file.equals("-")) return read("stdin", System.in, type);
        Path path = Path.of(file);
        if (!Files.isRegularFile(path) && !Files.isReadable(path))
            throw new UsageException("no such file of inputs: --inputs " + file);
        return read(file, Files.newInputStream(path), type);
    }

    static Inputs read(String name, InputStream lines, InputType type) throws IOException {
        List<Object> items = new ArrayList<>();
        int number = 0;
        // A decoder of its own: that of a plain InputStreamReader would replace what is no UTF-8.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) continue;
                try {
                    items.add(type.parse().apply(line));
                } catch (NumberFormatException notOne) {
                    throw new UsageException("line " + number + " of " + name + " is no "
                            + type.type().getSimpleName() + ": " + cut(line));
                }
            }
        } catch (CharacterCodingException notUtf8) {
            throw new UsageException(name + " is not UTF-8, after " + number + " lines");
        }
        if (items.isEmpty()) throw new UsageException("no inputs in " + name + ": one a line");
        return new Inputs(name, List.copyOf(items));
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }
}
