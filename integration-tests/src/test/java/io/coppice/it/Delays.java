package io.coppice.it;

import java.time.Duration;

/** The times that tests wait, scaled by {@code -Dcoppice.delayFactor} for a loaded machine. */
final class Delays {
    private static final double FACTOR = Double.parseDouble(System.getProperty("coppice.delayFactor", "1"));

    /** Long enough to see that something does not happen. */
    static final Duration SHORT = scaled(Duration.ofMillis(50));
    /** Within this, whatever is to happen has happened; reached only by a failing test. */
    static final Duration LONG = scaled(Duration.ofSeconds(30));

    private Delays() {}

    static Duration scaled(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * FACTOR));
    }
}
