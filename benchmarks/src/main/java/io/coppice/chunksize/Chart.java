package io.coppice.chunksize;

import io.coppice.ChunkSizes.Row;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line for each number of workers, against the chunk size; {@code autoChunksize} is a diamond at the size it sent on
 * average.
 *
 * @param title what is drawn
 * @param unit of the values; null for nanoseconds, which are drawn in a unit that suits them
 * @param value of a row
 */
record Chart(String title, @Nullable String unit, ToDoubleFunction<Row> value) {
    private static final int HEIGHT = 380;

    /** Where values differ more than that, their axis is logarithmic. */
    private static final double WIDE = 20;

    /** Up to so many of a unit it is kept. */
    private static final double MOST_OF_A_UNIT = 20_000;

    /** Okabe and Ito's colours, which the colour-blind can tell apart; without their yellow, too light for a line. */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xE69F00),
        new Color(0x333333)
    };

    private static final Color TEXT = new Color(0x24292F);
    private static final Color GRID = new Color(0xE3E6EA);

    static List<Chart> all() {
        return List.of(
                new Chart("Throughput", "items per second", Row::itemsPerSecond),
                new Chart(
                        "Overhead per item", null, row -> row.overheadPerItem().toNanos()),
                new Chart("Speed-up over one worker", "times", Row::speedup),
                new Chart(
                        "Latency: time to the first result",
                        null,
                        row -> row.firstResult().toNanos()),
                new Chart(
                        "Latency: longest wait between results",
                        null,
                        row -> row.longestWait().toNanos()));
    }

    /** Draws it, so many pixels wide where nobody scales it. */
    String svg(List<Row> rows, int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(drawn(rows, width), bytes, VectorGraphicsFormat.SVG);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    XYChart drawn(List<Row> all, int width) {
        List<Row> rows = all.stream()
                .filter(row -> !Double.isNaN(value.applyAsDouble(row)))
                .toList();
        double least = rows.stream().mapToDouble(value).min().orElse(0);
        double most = rows.stream().mapToDouble(value).max().orElse(1);
        String unit = this.unit;
        double scale = 1;
        if (unit == null) {
            scale = 1e3;
            unit = "µs";
            if (most / scale > MOST_OF_A_UNIT) {
                scale *= 1e3;
                unit = "ms";
            }
            if (most / scale > MOST_OF_A_UNIT) {
                scale *= 1e3;
                unit = "s";
            }
        }
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("chunk size")
                .yAxisTitle(unit)
                .build();
        style(chart.getStyler());
        scaleY(chart.getStyler(), least / scale, most / scale);
        List<Integer> workers = rows.stream().map(Row::workers).distinct().toList();
        for (int i = 0; i < workers.size(); i++) line(chart, rows, workers.get(i), scale, COLOURS[i % COLOURS.length]);
        for (int i = 0; i < workers.size(); i++) auto(chart, rows, workers.get(i), scale, COLOURS[i % COLOURS.length]);
        return chart;
    }

    private void line(XYChart chart, List<Row> rows, int workers, double scale, Color colour) {
        List<Row> line = rows.stream()
                .filter(row -> row.workers() == workers && !row.isAuto())
                .toList();
        if (line.isEmpty()) return;
        XYSeries series = add(chart, workers == 1 ? "1 worker" : workers + " workers", line, scale);
        series.setLineColor(colour);
        series.setLineStyle(SeriesLines.SOLID);
        series.setLineWidth(2);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colour);
    }

    private void auto(XYChart chart, List<Row> rows, int workers, double scale, Color colour) {
        List<Row> auto = rows.stream()
                .filter(row -> row.workers() == workers && row.isAuto())
                .toList();
        if (auto.isEmpty()) return;
        boolean isFirst = !chart.getSeriesMap().containsKey("autoChunksize");
        XYSeries series = add(chart, isFirst ? "autoChunksize" : "autoChunksize " + workers, auto, scale);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.DIAMOND);
        series.setMarkerColor(colour);
        series.setShowInLegend(isFirst);
    }

    private XYSeries add(XYChart chart, String name, List<Row> rows, double scale) {
        return chart.addSeries(
                name,
                rows.stream().mapToDouble(Row::chunksize).toArray(),
                rows.stream()
                        .mapToDouble(row -> value.applyAsDouble(row) / scale)
                        .toArray());
    }

    /** From zero, so that what is flat looks flat; where that would hide the small ones, in whole powers of ten. */
    private static void scaleY(XYStyler styler, double least, double most) {
        boolean isWide = least > 0 && most / least > WIDE;
        styler.setYAxisLogarithmic(isWide);
        if (isWide) {
            styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
            styler.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(most))));
        } else {
            styler.setYAxisMin(Math.min(0, least));
        }
    }

    private static void style(XYStyler styler) {
        styler.setXAxisLogarithmic(true);
        // Not by a formatting function: with one, XChart puts the marks of a linear axis on a logarithmic one.
        styler.setXAxisDecimalPattern("#,##0");
        styler.setYAxisDecimalPattern("#,##0.###");
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartFontColor(TEXT);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(font(Font.BOLD, 15));
        styler.setAxisTitleFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsColor(TEXT);
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setMarkerSize(7);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
