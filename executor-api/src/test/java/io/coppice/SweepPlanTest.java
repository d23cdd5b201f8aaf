package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.SweepPlan.Costs;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a measurement of chunk sizes tries, in the time it has. */
class SweepPlanTest {
    private static final double SECOND = 1e9;
    private static final SortedSet<Integer> ALL = new TreeSet<>();

    private static SortedSet<Integer> set(Integer... numbers) {
        return new TreeSet<>(List.of(numbers));
    }

    private static SweepPlan plan(int sample, SortedSet<Integer> wanted, double itemNanos, double nanos) {
        return SweepPlan.of(sample, wanted, set(1, 2), new Costs(itemNanos, 10_000), nanos, 2);
    }

    @Test
    void chunkSizesGoUpToTheSample() {
        assertThat(SweepPlan.oneTwoFive(1)).containsExactly(1);
        assertThat(SweepPlan.oneTwoFive(100)).containsExactly(1, 2, 5, 10, 20, 50, 100);
        assertThat(SweepPlan.oneTwoFive(199)).endsWith(100);
        assertThat(SweepPlan.oneTwoFive(Integer.MAX_VALUE)).endsWith(1_000_000_000, 2_000_000_000);
    }

    @Test
    void workersAreDoubledUpToThePools() {
        assertThat(SweepPlan.doubling(1)).containsExactly(1);
        assertThat(SweepPlan.doubling(6)).containsExactly(1, 2, 4, 6);
        assertThat(SweepPlan.doubling(8)).containsExactly(1, 2, 4, 8);
    }

    @Test
    void aSampleThatFitsIsMeasuredWhole() {
        SweepPlan plan = plan(1_000, ALL, 1_000, 20 * SECOND);
        assertThat(plan.items()).isEqualTo(1_000);
        assertThat(plan.chunksizes()).endsWith(500, 1_000);
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void aSampleThatTakesTooLongIsMeasuredInPart() {
        double itemNanos = 10e6;
        SweepPlan plan = plan(1_000, ALL, itemNanos, 20 * SECOND);
        assertThat(plan.items()).isBetween(4, 999);
        assertThat(plan.chunksizes()).allMatch(size -> size <= plan.items());
        // One worker has its turn with each size; all the rest comes on top.
        double oneWorker = plan.items() * itemNanos * plan.chunksizes().size();
        assertThat(oneWorker * SweepPlan.FEWEST_ROUNDS).isLessThan(20 * SECOND);
        assertThat(plan.notes()).singleElement().asString().contains(plan.items() + " of the 1000 items");
    }

    @Test
    void thereAreItemsForEveryWorkerHoweverLongTheyTake() {
        SweepPlan plan = plan(1_000, ALL, 3_600 * SECOND, SECOND);
        assertThat(plan.items()).isEqualTo(4);
        assertThat(plan.chunksizes()).containsExactly(1, 2);
    }

    @Test
    void whatIsLargerThanTheSampleIsLeftOutAndSaid() {
        SweepPlan plan = plan(10, set(1, 10, 11, 5_000), 1, SECOND);
        assertThat(plan.chunksizes()).containsExactly(1, 10);
        assertThat(plan.notes()).singleElement().asString().contains("[11, 5000]");
        assertThat(plan(10, set(100), 1, SECOND).chunksizes()).containsExactly(1);
    }

    @Test
    void aPartOfASampleIsSpacedEvenlyOverIt() {
        Subset<Integer> part = Subset.of(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 4);
        assertThat(part.list()).containsExactly(0, 2, 5, 7);
        for (int i = 0; i < part.size(); i++)
            assertThat(part.placeInSample(i)).isEqualTo(part.list().get(i));
        assertThat(Subset.of(List.of(1, 2), 5).list()).containsExactly(1, 2);
    }

    @Test
    void mediansAreOfTheMiddle() {
        Medians medians = new Medians();
        assertThat(medians.median()).isNaN();
        for (double number : new double[] {5, 1, 100, 2, 3}) medians.add(number);
        assertThat(medians.median()).isEqualTo(3);
        assertThat(medians.spread()).isEqualTo((5.0 - 2) / 3);
    }
}
