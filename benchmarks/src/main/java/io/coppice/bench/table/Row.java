package io.coppice.bench.table;

import io.coppice.bench.rounds.Contest;
import io.coppice.bench.rounds.Median;
import io.coppice.bench.rounds.Standing;
import io.coppice.bench.rounds.Unit;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param name to ask for it by
 * @param measure what is measured
 * @param contest where the figures come from; rows may share one
 * @param ours the contender in it that is ours
 * @param against what the other is called in the table
 * @param contender the one that it is compared with; null where the figure speaks for itself
 * @param unit of the figures
 * @param goal null in a row for information
 */
record Row(
        String name,
        String measure,
        Contest contest,
        String ours,
        String against,
        @Nullable String contender,
        Unit unit,
        @Nullable Goal goal) {
    /** Among the contenders: whoever of the others is best in this run. */
    static final String BEST = "the best";

    /** Whether both were measured. */
    boolean isIn(Standing standing) {
        if (Double.isNaN(Median.of(standing.rounds(ours)))) return false; // it says so where it cannot measure
        return contender == null
                || contender.equals(BEST)
                || standing.contenders().contains(contender);
    }

    /** The cells of the table. */
    String[] cells(Standing standing) {
        double[] its = standing.rounds(ours);
        String figure = unit.text(Median.of(its));
        if (contender == null) {
            String held = goal == null ? "" : goal.verdict(Median.of(its));
            return cells(figure, "", "", range(its, unit), must(unit), aim(unit), held);
        }
        double[] others = standing.rounds(contender.equals(BEST) ? best(standing) : contender);
        double ratio = Median.of(its) / Median.of(others);
        double[] ratios = new double[its.length];
        for (int round = 0; round < its.length; round++) ratios[round] = its[round] / others[round];
        String verdict = goal == null ? "" : goal.verdict(ratio);
        return cells(
                figure,
                unit.text(Median.of(others)),
                Unit.number(ratio) + "×",
                range(ratios, null),
                must(null),
                aim(null),
                verdict);
    }

    /** Where there is nobody to compare with. */
    String[] cellsWithout() {
        return cells("", "", "", "", must(null), aim(null), "skipped");
    }

    private String[] cells(
            String figure, String other, String ratio, String range, String must, String aim, String verdict) {
        return new String[] {name, measure, against, figure, other, ratio, range, must, aim, verdict};
    }

    private static String range(double[] rounds, @Nullable Unit unit) {
        String least = Unit.number(Median.percentile(rounds, 0));
        String most = Unit.number(Median.percentile(rounds, 1));
        if (unit != null) {
            least = unit.text(Median.percentile(rounds, 0));
            most = unit.text(Median.percentile(rounds, 1));
        }
        return least + " – " + most;
    }

    private static String best(Standing standing) {
        String best = "";
        double most = 0;
        for (String each : standing.contenders()) {
            double median = Median.of(standing.rounds(each));
            if (median > most) {
                most = median;
                best = each;
            }
        }
        return best;
    }

    private String must(@Nullable Unit of) {
        return goal == null ? "" : goalText(goal.must(), of);
    }

    private String aim(@Nullable Unit of) {
        return goal == null ? "" : goalText(goal.aim(), of);
    }

    private static String goalText(double figure, @Nullable Unit of) {
        if (of != null) return of.text(figure);
        String text = Unit.number(figure);
        return (text.contains(".") ? text.replaceAll("\\.?0+$", "") : text) + "×";
    }
}
