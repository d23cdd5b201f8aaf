package io.coppice.bench.rounds;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of a contest.
 *
 * @param contest its name
 * @param figures of each contender, in the order of rounds
 */
public record Standing(String contest, Map<String, List<double[]>> figures) {
    /** Who took part. */
    public Set<String> contenders() {
        return figures.keySet();
    }

    /** One of its figures, round after round. */
    public double[] rounds(String contender, int figure) {
        List<double[]> its = figures.get(contender);
        if (its == null)
            throw new IllegalArgumentException("not a contender of %s: name=%s".formatted(contest, contender));
        return its.stream().mapToDouble(round -> round[figure]).toArray();
    }

    /** The only figure of a contender, round after round. */
    public double[] rounds(String contender) {
        return rounds(contender, 0);
    }
}
