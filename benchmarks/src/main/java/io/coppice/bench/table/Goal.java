package io.coppice.bench.table;

/**
 * What a figure is held to: a ratio of ours to the contender's, or, where there is none, ours itself.
 *
 * @param must what is promised
 * @param aim what is hoped for
 * @param atLeast whether more is better
 */
record Goal(double must, double aim, boolean atLeast) {
    static final String MISSED = "MISSED";

    static Goal atLeast(double must, double aim) {
        return new Goal(must, aim, true);
    }

    static Goal atMost(double must, double aim) {
        return new Goal(must, aim, false);
    }

    String verdict(double figure) {
        if (reaches(figure, aim)) return "aim";
        return reaches(figure, must) ? "must" : MISSED;
    }

    private boolean reaches(double figure, double goal) {
        return atLeast ? figure >= goal : figure <= goal;
    }
}
