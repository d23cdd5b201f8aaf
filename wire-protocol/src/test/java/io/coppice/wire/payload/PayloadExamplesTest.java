package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Are the examples in docs/wire-format.md what the codec writes? */
@NullUnmarked
class PayloadExamplesTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", ""), "..", "docs", "wire-format.md");

    private static final Pattern EXAMPLES =
            Pattern.compile("^### Examples\\n+```\\n(.*?)```", Pattern.MULTILINE | Pattern.DOTALL);

    /** The bytes at the start of a line, which two spaces end. */
    private static final Pattern BYTES =
            Pattern.compile("^((?:[0-9a-f]{2} )*[0-9a-f]{2})(?:  .*)?$", Pattern.MULTILINE);

    @Test
    void theExamplesInTheDocumentAreWhatIsWritten() throws Exception {
        String text = "ab";
        String written = hex(Travel.written(42))
                + hex(Travel.written(text))
                + hex(Travel.written(new Object[] {1, text, null, text}))
                + hex(arguments(1, Path.of("ab")));
        assertThat(documented()).isEqualTo(written);
    }

    private static Payload arguments(Object... arguments) throws PayloadException {
        PayloadCodec codec = Travel.codec();
        codec.addArguments(arguments);
        Items.Cursor item = new Items(1, codec.take()).cursor();
        item.next();
        return item.payload();
    }

    private static String hex(Payload payload) {
        return HexFormat.of().formatHex(payload.bytes(), payload.offset(), payload.offset() + payload.length());
    }

    private static String documented() throws Exception {
        Matcher examples = EXAMPLES.matcher(Files.readString(DOCUMENT));
        assertThat(examples.find()).isTrue();
        StringBuilder hex = new StringBuilder();
        for (Matcher line = BYTES.matcher(examples.group(1)); line.find(); )
            hex.append(line.group(1).replace(" ", ""));
        return hex.toString();
    }
}
