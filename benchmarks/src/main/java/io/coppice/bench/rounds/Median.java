package io.coppice.bench.rounds;

import java.util.Arrays;

/** The middle of figures. */
public final class Median {
    private Median() {}

    /** The median; of an even number the mean of the two in the middle. */
    public static double of(double... figures) {
        return percentile(figures, 0.5);
    }

    /** So large a part of them is not above this; between two of them in proportion. */
    public static double percentile(double[] figures, double part) {
        if (figures.length == 0) throw new IllegalArgumentException("no figures");
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
