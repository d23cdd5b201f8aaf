package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coppice.launch.OutputTarget.Source;
import io.coppice.launch.RunningCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a worker prints becomes events, a line each, whatever pieces it comes in. */
class LoggedLinesTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.coppice.worker");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void listen() {
        events.start();
        logger.addAppender(events);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAndStopAllAppenders();
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> messages() {
        return events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Source source(int worker, long pid, boolean isStderr) {
        return new Source(worker, pid, isStderr, new RunningCall(Path.of("there", "is", "none")));
    }

    private static void write(LoggedLines lines, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.write(bytes, 0, bytes.length);
    }

    @Test
    void linesAreTheSameWhateverPiecesTheyComeIn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] text = "one\n\ntwo\r\ngrüße\n{} is no placeholder\nthe end".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 50; round++) {
            events.list.clear();
            LoggedLines lines = new LoggedLines(source(3, 4711, false));
            for (int at = 0; at < text.length; ) {
                int length = Math.min(text.length - at, 1 + random.nextInt(9));
                lines.write(text, at, length);
                at += length;
            }
            lines.close();
            assertThat(messages())
                    .as("seed=%s", seed)
                    .containsExactly(
                            "worker=3, pid=4711: one",
                            "worker=3, pid=4711: ",
                            "worker=3, pid=4711: two",
                            "worker=3, pid=4711: grüße",
                            "worker=3, pid=4711: {} is no placeholder",
                            "worker=3, pid=4711: the end");
        }
    }

    @Test
    void stderrIsAWarning() {
        write(new LoggedLines(source(1, 2, true)), "careful\n");
        write(new LoggedLines(source(1, 2, false)), "fine\n");
        assertThat(events.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void aLineWithoutAnEndIsCut() {
        write(new LoggedLines(source(1, 2, false)), "x".repeat(20_000));
        assertThat(messages()).hasSize(2).allMatch(message -> message.endsWith(": " + "x".repeat(8 << 10)));
    }
}
