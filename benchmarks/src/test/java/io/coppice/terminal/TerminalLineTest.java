package io.coppice.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TerminalLineTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TerminalLine line = new TerminalLine(new PrintStream(written, true, UTF_8), 10);

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
}
