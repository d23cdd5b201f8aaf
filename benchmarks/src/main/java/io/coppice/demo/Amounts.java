package io.coppice.demo;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() {}

    /** {@code 999 B}, {@code 1.5 kB}, {@code 78.1 MB}: steps of a thousand, as disks are sold. */
    static String bytes(long bytes) {
        return scaled((double) bytes);
    }

    private static String scaled(double bytes) {
        int unit = 0;
        double amount = bytes;
        // 999.95 would be printed as 1000.0
        while (amount >= (unit == 0 ? 999.5 : 999.95) && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    static String bytesPerSecond(long bytes, Duration elapsed) {
        return scaled(bytes / seconds(elapsed)) + "/s";
    }

    static String perSecond(long count, Duration elapsed) {
        double rate = count / seconds(elapsed);
        return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%.0f", rate);
    }

    static String elapsed(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1f s", elapsed.toNanos() / 1e9);
    }

    /** How many times smaller; {@code 1.00} for nothing, which compresses to nothing worth telling. */
    static String ratio(long bytes, long compressed) {
        return String.format(Locale.ROOT, "%.2f", compressed == 0 ? 1.0 : (double) bytes / compressed);
    }

    /** Never zero: what took no measurable time took a nanosecond. */
    private static double seconds(Duration elapsed) {
        return Math.max(1, elapsed.toNanos()) / 1e9;
    }
}
