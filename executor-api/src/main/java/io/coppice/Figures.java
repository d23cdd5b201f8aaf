package io.coppice;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people: three digits that count, and a unit. */
final class Figures {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] COUNTS = {"", "\u00a0k", "\u00a0M", "\u00a0G"}; // spaces at which no line is broken;

    private Figures() {}

    static String time(Duration duration) {
        return scaled((double) duration.toNanos(), TIMES, "\u00a0");
    }

    static String rate(double perSecond) {
        return scaled(perSecond, COUNTS, "");
    }

    static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f\u00a0%%", 100 * part);
    }

    private static String scaled(double number, String[] units, String space) {
        int unit = 0;
        double scaled = number;
        while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        double size = Math.abs(scaled);
        int decimals = size >= 99.95 || unit == 0 && number == Math.rint(number) ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f%s%s", scaled, space, units[unit]);
    }
}
