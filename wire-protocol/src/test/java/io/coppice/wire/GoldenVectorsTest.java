package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Are the bytes of each frame the ones that were written down, here and in docs/wire-format.md? */
class GoldenVectorsTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", ""), "..", "docs", "wire-format.md");

    /** A vector in the document: its name as a heading, its bytes in the first columns of an indented block. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("^#### `([A-Z][A-Za-z-]*)`\\n+```\\n(.*?)```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String BYTES_THEN_COMMENT = "^((?:[0-9a-f]{2} ?)*).*$";

    static Stream<String> names() {
        return SampleFrames.BY_NAME.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aVectorDecodesToItsFrame(String name) throws IOException {
        Frame frame = SampleFrames.named(name);
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(vector(name)));
        assertThat(new FrameDecoder(frame.type().sender).next(bytes)).isEqualTo(frame);
        assertThat(bytes.remaining()).isZero();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFrameEncodesToItsVector(String name) throws IOException {
        assertThat(HexFormat.of().formatHex(SampleFrames.encoded(SampleFrames.named(name))))
                .isEqualTo(vector(name));
    }

    @Test
    void theFileHoldsExactlyTheFramesHere() throws IOException {
        assertThat(vectors().keySet()).containsExactlyElementsOf(SampleFrames.BY_NAME.keySet());
    }

    @Test
    void theDocumentHoldsExactlyTheVectorsOfTheFile() throws IOException {
        Map<String, String> documented = new LinkedHashMap<>();
        Matcher found = DOCUMENTED.matcher(Files.readString(DOCUMENT));
        while (found.find()) documented.put(found.group(1), hexOf(found.group(2)));
        assertThat(documented).containsExactlyEntriesOf(vectors());
    }

    @Test
    void theDocumentNamesEveryFrameTypeWithItsCode() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (FrameType type : FrameType.values())
            assertThat(document).contains("| `0x%02X` | %s |".formatted(type.code & 0xFF, type));
    }

    @Test
    void theDocumentStatesTheLimitsAndTheVersion() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains("`MAX_BODY_BYTES` = %d".formatted(FrameDecoder.MAX_BODY_BYTES))
                .contains("`MAX_ITEMS_BYTES` = %d".formatted(FrameDecoder.MAX_ITEMS_BYTES))
                .contains("this document describes version %d".formatted(Handshake.VERSION));
    }

    private static String vector(String name) throws IOException {
        return Objects.requireNonNull(vectors().get(name), name);
    }

    private static String hexOf(String annotatedLines) {
        StringBuilder hex = new StringBuilder();
        annotatedLines.lines().forEach(line -> hex.append(line.replaceFirst(BYTES_THEN_COMMENT, "$1")));
        return hex.toString().replace(" ", "");
    }

    private static Map<String, String> vectors() throws IOException {
        Map<String, String> vectors = new LinkedHashMap<>();
        try (InputStream file =
                Objects.requireNonNull(GoldenVectorsTest.class.getResourceAsStream("/golden-frames.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .forEach(parts -> vectors.put(parts[0], parts[1]));
        }
        return vectors;
    }
}
