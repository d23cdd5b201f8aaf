package io.coppice.chunksize;

import java.time.Duration;
import java.util.Locale;

/** Numbers as they stand in the report: three digits that count, and a unit. */
final class Amount {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] COUNTS = {"", "k", "M", "G"};

    private Amount() {}

    static String time(Duration duration) {
        return scaled((double) duration.toNanos(), TIMES);
    }

    static String rate(double perSecond) {
        return scaled(perSecond, COUNTS);
    }

    private static String scaled(double number, String[] units) {
        int unit = 0;
        double scaled = number;
        while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        double size = Math.abs(scaled);
        String digits = String.format(Locale.ROOT, size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f", scaled);
        // A thin space that does not break, as before any unit.
        return units[unit].isEmpty() ? digits : digits + "\u202f" + units[unit];
    }
}
