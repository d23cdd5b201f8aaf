package io.coppice.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void whereMoreIsBetterTheGoalIsTheLeast() {
        Goal goal = Goal.atLeast(200, 450);
        assertThat(goal.verdict(450)).isEqualTo("aim");
        assertThat(goal.verdict(449)).isEqualTo("must");
        assertThat(goal.verdict(199)).isEqualTo(Goal.MISSED);
    }

    @Test
    void whereLessIsBetterTheGoalIsTheMost() {
        Goal goal = Goal.atMost(3, 1.8);
        assertThat(goal.verdict(1.8)).isEqualTo("aim");
        assertThat(goal.verdict(1.9)).isEqualTo("must");
        assertThat(goal.verdict(3.1)).isEqualTo(Goal.MISSED);
    }
}
