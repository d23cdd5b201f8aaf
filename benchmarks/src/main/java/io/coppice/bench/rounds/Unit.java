package io.coppice.bench.rounds;

import java.util.Locale;

/** How a figure is printed. Inside, figures are in seconds, bytes, or so many a second. */
public enum Unit {
    PER_SECOND,
    SECONDS,
    BYTES_PER_SECOND,
    BYTES;

    /** With its unit. */
    public String text(double figure) {
        return switch (this) {
            case PER_SECOND -> figure >= 1e6 ? number(figure / 1e6) + " M/s" : number(figure / 1e3) + " k/s";
            case SECONDS -> figure >= 1e-3 ? number(figure * 1e3) + " ms" : number(figure * 1e6) + " µs";
            case BYTES_PER_SECOND -> number(figure / 1e9) + " GB/s";
            case BYTES -> figure >= 1e5 ? number(figure / 1e6) + " MB" : number(figure) + " B";
        };
    }

    /** Three digits, or all before the point. */
    public static String number(double figure) {
        double size = Math.abs(figure);
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.095 ? "%.2f" : "%.3f", figure);
    }
}
