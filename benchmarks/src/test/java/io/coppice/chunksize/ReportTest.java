package io.coppice.chunksize;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.ChunkSizes;
import io.coppice.MeasuredSizes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.style.XYStyler;

class ReportTest {
    private static final MachineFacts MACHINE = new MachineFacts("2001-02-03 04:05", "Z80 <fast>", 2, "CP/M 2", "17");

    private static String page(String... notes) {
        ChunkSizes sizes = MeasuredSizes.some(notes);
        Inputs sample = new Inputs("a&b.txt", List.of("x"));
        return new Report(sizes, "com.acme.Job::run", sample, Duration.ofSeconds(20), MACHINE).html();
    }

    @Test
    void thePageSaysWhatFollowsFirst() {
        String page = page();
        assertThat(page.indexOf("Chunk size 10 is the smallest within 5\u00a0% of the best"))
                .isBetween(0, page.indexOf("<h2>Charts"));
        assertThat(page).contains("<title>Chunk sizes of Job::run</title>", "500 of 1000 items");
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = page();
        assertThat(page)
                .contains("src=\"data:image/svg+xml;base64,")
                .doesNotContain("http:", "https:", "<link", "<script");
        assertThat(page.split("<img ", -1)).hasSize(1 + Chart.all().size());
    }

    @Test
    void theRecommendedRowIsMarkedOnce() {
        assertThat(page().split("recommended\"><td>2</td><td>10</td>", -1)).hasSize(2);
    }

    @Test
    void whatIsUnknownIsADash() {
        assertThat(page()).contains("<td>–</td>").doesNotContain("NaN");
    }

    @Test
    void namesAreTextAndNotMarkup() {
        assertThat(page("a < b"))
                .contains("a&amp;b.txt", "Z80 &lt;fast&gt;", "a &lt; b")
                .doesNotContain("<fast>");
    }

    @Test
    void thereIsNoBoxForNotesWithoutNotes() {
        assertThat(page()).doesNotContain("<div class=\"notes\">");
        assertThat(page("Left out.")).contains("<div class=\"notes\">\n<p>Left out.</p>");
    }

    @Test
    void theCsvHasARowForEachAndPointsForCommas() {
        String[] lines = Csv.of(MeasuredSizes.some()).split("\n");
        assertThat(lines).hasSize(1 + 8);
        assertThat(lines[1]).isEqualTo("1,1,false,10000.0,,123.456,3000.000,-0.020,20000.000,0.0150,15");
        assertThat(lines[8]).isEqualTo("2,64,true,900000.0,1.2500,123.456,3000.000,-0.020,20000.000,0.0150,15");
        assertThat(lines[0].split(",")).hasSameSizeAs(lines[1].split(","));
    }

    @Test
    void aChartIsOfAllThatIsKnown() {
        List<ChunkSizes.Row> rows = MeasuredSizes.some().rows();
        assertThat(chart("Throughput").drawn(rows, 600).getSeriesMap().keySet())
                .containsExactly("1 worker", "2 workers", "autoChunksize", "autoChunksize 2");
        assertThat(chart("Speed-up").drawn(rows, 600).getSeriesMap().keySet())
                .containsExactly("2 workers", "autoChunksize");
        assertThat(chart("Throughput").svg(rows, 600)).contains("<svg").doesNotContain("NaN");
    }

    @Test
    void aWideRangeIsDrawnInWholePowersOfTenAndANarrowOneFromZero() {
        List<ChunkSizes.Row> rows = MeasuredSizes.some().rows(); // from 10 k to 1 M items a second
        XYStyler wide = chart("Throughput").drawn(rows, 600).getStyler();
        assertThat(wide.isYAxisLogarithmic()).isTrue();
        assertThat(wide.getYAxisMin()).isEqualTo(1e4);
        assertThat(wide.getYAxisMax()).isEqualTo(1e6);
        XYStyler narrow = chart("Throughput").drawn(rows.subList(1, 4), 600).getStyler();
        assertThat(narrow.isYAxisLogarithmic()).isFalse();
        assertThat(narrow.getYAxisMin()).isZero();
    }

    @Test
    void timesAreInAUnitThatSuitsThem() {
        List<ChunkSizes.Row> rows = MeasuredSizes.some().rows();
        assertThat(chart("Overhead").drawn(rows, 600).getYAxisTitle()).isEqualTo("µs");
        Chart wall = new Chart("Wall", null, row -> 1e3 * row.wall().toNanos()); // 20 s
        assertThat(wall.drawn(rows, 600).getYAxisTitle()).isEqualTo("ms");
    }

    private static Chart chart(String title) {
        return Chart.all().stream()
                .filter(chart -> chart.title().startsWith(title))
                .findFirst()
                .orElseThrow();
    }
}
