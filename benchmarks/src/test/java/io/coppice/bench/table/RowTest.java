package io.coppice.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.bench.rounds.Contest;
import io.coppice.bench.rounds.Standing;
import io.coppice.bench.rounds.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTest {
    private static Row row(@Nullable String contender, Goal goal) {
        return new Row("r", "m", new Contest("c"), "ours", "them", contender, Unit.PER_SECOND, goal);
    }

    private static List<double[]> rounds(double... figures) {
        return Arrays.stream(figures).mapToObj(figure -> new double[] {figure}).toList();
    }

    @Test
    void theRatioIsThatOfTheMediansAndTheRangeThatOfTheRounds() {
        Standing standing =
                new Standing("c", Map.of("ours", rounds(4000, 6000, 5000), "them", rounds(1000, 1000, 500)));
        assertThat(row("them", Goal.atLeast(2, 10)).cells(standing))
                .containsExactly("r", "m", "them", "5.00 k/s", "1.00 k/s", "5.00×", "4.00 – 10.0", "2×", "10×", "must");
    }

    @Test
    void theBestMayBeOurselves() {
        Standing standing = new Standing("c", Map.of("ours", rounds(5000), "other", rounds(4000)));
        assertThat(row(Row.BEST, Goal.atLeast(0.25, 0.6)).cells(standing)).contains("1.00×", "aim");
    }

    @Test
    void aContenderThatIsNotThereIsLeftOut() {
        Standing standing = new Standing("c", Map.of("ours", rounds(5000)));
        assertThat(row("them", Goal.atLeast(1, 2)).isIn(standing)).isFalse();
        assertThat(row(null, Goal.atLeast(1, 2)).isIn(standing)).isTrue();
    }

    @Test
    void oneThatSaysThatItCannotMeasureIsLeftOut() {
        Standing standing = new Standing("c", Map.of("ours", rounds(Double.NaN), "them", rounds(1)));
        assertThat(row("them", Goal.atLeast(1, 2)).isIn(standing)).isFalse();
    }

    @Test
    void everyRowHasANameOfItsOwnAndItsContendersTakePart() {
        List<Row> rows = Rows.all();
        assertThat(rows).extracting(Row::name).doesNotHaveDuplicates();
        for (Row row : rows) {
            List<String> contenders = row.contest().contenders().stream()
                    .map(program -> program.name())
                    .toList();
            assertThat(contenders).as(row.name()).contains(row.ours()).doesNotHaveDuplicates();
            if (row.contender() != null && !row.contender().equals(Row.BEST))
                assertThat(contenders).as(row.name()).contains(row.contender());
        }
    }
}
