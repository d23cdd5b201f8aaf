package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.ChunkSizes.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the figures of a measurement. */
class ChunkSizesTest {
    private static final int[] SIZES = {1, 10, 100, 1000};

    private static Row row(int workers, int chunksize, boolean isAuto, double itemsPerSecond) {
        return new Row(
                workers,
                chunksize,
                isAuto,
                itemsPerSecond,
                workers == 1 ? 1 : 1.5,
                Duration.ofNanos(123_456),
                Duration.ofMillis(3),
                Duration.ofNanos(290),
                Duration.ofMillis(20),
                0.01,
                15);
    }

    /** Of 2 workers by chunk size; the same halved of one; an automatic one of 60 items at the end. */
    private static ChunkSizes measured(Duration ownTime, double auto, double... itemsPerSecond) {
        List<Row> rows = new ArrayList<>();
        for (int workers = 1; workers <= 2; workers++) {
            for (int i = 0; i < itemsPerSecond.length; i++)
                rows.add(row(workers, SIZES[i], false, itemsPerSecond[i] * workers / 2));
            rows.add(row(workers, 60, true, auto * workers / 2));
        }
        return new ChunkSizes(2, 1_000, 1_000, ownTime, rows, List.of());
    }

    private static String first(ChunkSizes sizes) {
        return sizes.advice().get(0).replace('\u00a0', ' ');
    }

    private static String all(ChunkSizes sizes) {
        return String.join(" ", sizes.advice()).replace('\u00a0', ' ');
    }

    @Test
    void theSmallestWithinFivePercentOfTheBestIsRecommended() {
        ChunkSizes sizes = measured(Duration.ofNanos(10), 1, 1e5, 9.6e5, 9.4e5, 1e6);
        assertThat(sizes.recommended()).isEqualTo(10);
        assertThat(sizes.best().chunksize()).isEqualTo(1000);
        assertThat(first(sizes)).isEqualTo("Chunk size 10 is the smallest within 5 % of the best with 2 workers.");
        assertThat(all(sizes)).contains("The best is 1000, with 1.00 M items/s; chunk size 1 reaches 10 % of that.");
    }

    @Test
    void autoChunksizeIsNotRecommendedButCompared() {
        ChunkSizes sizes = measured(Duration.ofNanos(10), 2e6, 1e5, 1e6);
        assertThat(sizes.recommended()).isEqualTo(10);
        assertThat(sizes.auto().chunksize()).isEqualTo(60);
        assertThat(all(sizes))
                .contains("autoChunksize() sent 60 items at a time, on average, and reaches 200 % of the best.");
    }

    @Test
    void whereNothingIsToBeGainedItSaysSo() {
        assertThat(first(measured(Duration.ofMillis(10), 100, 99, 100, 98, 97)))
                .isEqualTo(
                        "Any chunk size from 1 on is within 5 % of the best with 2 workers: there is nothing to tune.");
        assertThat(first(measured(Duration.ofMillis(10), 100, 99, 100, 98, 50)))
                .startsWith("Any chunk size from 1 to 100 is within 5 % of the best");
        assertThat(first(measured(Duration.ofMillis(10), 100, 100, 90, 98, 50)))
                .startsWith("Chunk size 1 is within 5 % of the best with 2 workers: there is nothing to tune.");
        assertThat(first(measured(Duration.ofMillis(10), 100, 100))).startsWith("Only chunk size 1 was measured");
    }

    @Test
    void itSaysWhatTheFunctionTakesAndWhatComesOnTop() {
        assertThat(all(measured(Duration.ofMillis(1), 100, 100, 100)))
                .contains(
                        "The function itself takes 1.00 ms an item; at chunk size 1 less than 5 % of that comes on top.")
                .doesNotContain("A loop");
        assertThat(all(measured(Duration.ofNanos(10), 1e6, 1e6, 1e6)))
                .contains(
                        "The function itself takes 10 ns an item; at chunk size 1 290 ns of a worker's time come on top.")
                .contains("A loop in one thread of your own would do more: 100 M items/s.");
    }

    @Test
    void itSaysWhereFewerWorkersDoMore() {
        List<Row> rows =
                List.of(row(1, 1, false, 100), row(1, 1, true, 100), row(2, 1, false, 90), row(2, 1, true, 90));
        ChunkSizes sizes = new ChunkSizes(2, 10, 10, Duration.ofMillis(1), rows, List.of());
        assertThat(all(sizes)).contains("Fewer do better: 1 worker at chunk size 1 does 100 items/s.");
        assertThat(all(measured(Duration.ofMillis(1), 100, 100))).doesNotContain("Fewer");
    }

    @Test
    void theTableFitsATerminalAndMarksTheRecommended() {
        ChunkSizes sizes = measured(Duration.ofNanos(10), 1, 1e5, 9.6e5, 9.4e5, 1e6);
        String[] lines = sizes.toString().split("\n");
        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("*"))
                .singleElement()
                .asString()
                .matches("\\* +2 +10 .*");
        assertThat(lines).filteredOn(line -> line.contains("auto (~60)")).hasSize(2);
    }

    @Test
    void aSpeedUpThatIsUnknownIsADash() {
        Row unknown =
                new Row(2, 1, false, 1, Double.NaN, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 1);
        List<Row> rows = List.of(unknown, row(2, 1, true, 1));
        ChunkSizes sizes = new ChunkSizes(2, 1, 1, Duration.ZERO, rows, List.of("Something."));
        assertThat(sizes.toString())
                .contains(" - ")
                .contains("Note: Something.")
                .doesNotContain("NaN");
    }

    @Test
    void figuresHaveThreeDigitsThatCount() {
        assertThat(List.of(0L, 7L, 999L, 1_000L, 999_499L, 999_600L, 1_234_567L, -2_500L))
                .extracting(nanos -> Figures.time(Duration.ofNanos(nanos)).replace('\u00a0', ' '))
                .containsExactly("0 ns", "7 ns", "999 ns", "1.00 µs", "999 µs", "1.00 ms", "1.23 ms", "-2.50 µs");
        assertThat(List.of(0.5, 42.0, 12_340.0, 3.5e9))
                .extracting(rate -> Figures.rate(rate).replace('\u00a0', ' '))
                .containsExactly("0.50", "42", "12.3 k", "3.50 G");
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        ChunkSizes.Options options = ChunkSizes.options();
        assertThatThrownBy(() -> options.budget(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.workers()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.workers(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.chunksizes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChunkSizes.measure(new ProcessPoolExecutor(1), (Integer n) -> n, List.<Integer>of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample is empty");
    }
}
