package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Do random graphs of objects come back with the same shape, or are they refused when they are written? The seed is
 * fixed; {@code -Dcoppice.graphSeed} sets another, {@code -Dcoppice.graphs} how many graphs there are.
 */
@NullUnmarked
class RandomGraphTest {
    private static final long SEED = Long.getLong("coppice.graphSeed", 20_260_101);
    static final int GRAPHS = Integer.getInteger("coppice.graphs", 10_000);
    /** In a thousand. Those that make a cycle which cannot be made again are few, and not none. */
    static final int RIGID_CYCLES = 20;
    /** In a thousand. */
    private static final int MOST_REFUSED = 30;

    private final RandomGraphTrip trip = new RandomGraphTrip();

    @Test
    void aGraphComesBackWithTheSameShapeOrIsRefusedWhenItIsWritten() {
        System.out.println("random graphs: seed=" + SEED + ", graphs=" + GRAPHS);
        for (int i = 0; i < GRAPHS; i++) {
            RandomGraphPlan plan = RandomGraphPlan.random(random(i), RIGID_CYCLES);
            String difference = trip.difference(plan);
            if (difference != null) fail(report(i, plan, difference));
        }
        System.out.println("random graphs: refused=" + trip.refused() + " " + trip.refusals());
        assertThat(trip.refused())
                .as("refused: " + trip.refusals())
                .isBetween(1, Math.max(1, GRAPHS * MOST_REFUSED / 1000));
        // A throwable is never refused: one that such a cycle runs through comes back as its stand-in.
        assertThat(trip.standIns())
                .as("why throwables came back as stand-ins")
                .hasSizeLessThan(Math.max(2, GRAPHS * MOST_REFUSED / 1000))
                .allMatch(why -> why.contains(" in a cycle"));
    }

    private String report(int graph, RandomGraphPlan plan, String difference) {
        RandomGraphTrip.Different smallest = trip.smallest(plan, difference);
        return "graph " + graph + " of seed " + SEED + " did not come back the same: " + difference
                + "\nthe smallest such graph: " + smallest.difference() + "\n" + smallest.plan();
    }

    static Random random(int graph) {
        return new Random(SEED * 1_000_003 + graph);
    }
}
