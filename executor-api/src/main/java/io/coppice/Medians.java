package io.coppice;

import java.util.Arrays;

/** Numbers, and those in the middle of them. */
final class Medians {
    private double[] numbers = new double[16];
    private int count;

    void add(double number) {
        if (count == numbers.length) numbers = Arrays.copyOf(numbers, 2 * count);
        numbers[count++] = number;
    }

    int count() {
        return count;
    }

    /** The middle one; NaN if there is none. */
    double median() {
        return quantile(0.5);
    }

    /** How far apart the quarters are, by the median: half of the numbers lie that close together. */
    double spread() {
        return (quantile(0.75) - quantile(0.25)) / median();
    }

    private double quantile(double part) {
        if (count == 0) return Double.NaN;
        double[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        double place = part * (count - 1);
        int below = (int) place;
        int above = Math.min(below + 1, count - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
