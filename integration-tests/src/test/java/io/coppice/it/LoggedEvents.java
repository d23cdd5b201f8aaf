package io.coppice.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that Coppice logs in this JVM while this is open, kept off the console. */
final class LoggedEvents implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.coppice");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final @Nullable Level level = logger.getLevel();

    LoggedEvents() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    /** All levels, down to debug. */
    static LoggedEvents ofAllLevels() {
        LoggedEvents events = new LoggedEvents();
        events.logger.setLevel(Level.DEBUG);
        return events;
    }

    /** Those that begin like this. */
    List<ILoggingEvent> startingWith(String text) {
        synchronized (appender) { // in which its events are added
            return appender.list.stream()
                    .filter(event -> event.getFormattedMessage().startsWith(text))
                    .toList();
        }
    }

    /** Those in whose text, or in whose exception's, this is. */
    List<ILoggingEvent> thatTell(String text) {
        synchronized (appender) {
            return appender.list.stream()
                    .filter(event -> event.getFormattedMessage().contains(text)
                            || (event.getThrowableProxy() != null
                                    && String.valueOf(event.getThrowableProxy().getMessage())
                                            .contains(text)))
                    .toList();
        }
    }

    @Override
    public void close() {
        logger.setLevel(level);
        logger.setAdditive(true);
        logger.detachAppender(appender);
    }
}
