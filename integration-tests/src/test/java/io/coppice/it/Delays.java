package io.coppice.it;

import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * The times that tests wait, scaled by {@code -Dcoppice.delayFactor} for a loaded machine. Who waits up to one of them
 * looks at once, and often: a hundred milliseconds before each first look would be minutes of a test run.
 */
final class Delays {
    private static final double FACTOR = Double.parseDouble(System.getProperty("coppice.delayFactor", "1"));

    /** Long enough to see that something does not happen. */
    static final Duration SHORT = scaled(Duration.ofMillis(50));
    /** Within this, whatever is to happen has happened; reached only by a failing test. */
    static final Duration LONG = scaled(Duration.ofSeconds(30));

    private static final Duration LOOKS_EVERY = Duration.ofMillis(5);

    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(LOOKS_EVERY);
    }

    private Delays() {}

    static Duration scaled(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * FACTOR));
    }
}
