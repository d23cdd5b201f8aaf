package io.coppice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ProgressLine.Line line = new ProgressLine.Line(new PrintStream(written, true, UTF_8), 10);

    @Test
    void aLineIsNeverWiderThanTheTerminal() {
        line.accept("0123456789abc");
        assertThat(written.toString(UTF_8)).isEqualTo("\r0123456789");
    }

    @Test
    void closingEndsTheLineOnce() {
        line.accept("half");
        line.close();
        line.close();
        line.accept("too late");
        assertThat(written.toString(UTF_8)).isEqualTo("\rhalf" + System.lineSeparator());
    }

    @Test
    void closingALineThatWasNeverDrawnWritesNothing() {
        line.close();
        assertThat(written.toString(UTF_8)).isEmpty();
    }

    @Test
    void aLogLineTellsFilesAndBytes() {
        ProgressLog log = new ProgressLog(4, 8_000_000, ignored -> {});
        log.fileDone(2_000_000);
        assertThat(log.line()).isEqualTo("1 of 4 files, 2.0 MB of 8.0 MB");
    }
}
