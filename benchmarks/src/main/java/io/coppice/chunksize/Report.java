package io.coppice.chunksize;

import io.coppice.ChunkSizes;
import io.coppice.ChunkSizes.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/** One page with everything in it, charts and style too: it can be sent to somebody. */
record Report(ChunkSizes sizes, String function, Inputs sample, Duration budget, MachineFacts machine) {
    private static final int WIDE = 1240;
    private static final int NARROW = 620;

    private static final String[][] DEFINITIONS = {
        {
            "how it is measured",
            "A map over the items runs with each chunk size and number of workers in turn, again and again; between rounds"
                    + " the order is turned round. Every figure is the median of the rounds. All workers run and are warm before."
        },
        {"items/s", "The items of a map, divided by the time from the call of map to the last result."},
        {
            "speed-up",
            "Items per second, divided by those of one worker with the same chunk size. At best the number of workers."
        },
        {"first result", "From the call of map until the first result is there."},
        {
            "longest wait",
            "The longest time that the one who takes the results waits from one to the next. Results come chunk by chunk."
        },
        {
            "overhead per item",
            "What an item costs beside the function itself, in time of a worker: wall time times workers divided by items,"
                    + " less the function's own time. Encoding, sending, waiting, and workers that have nothing to do."
                    + " The function's own time is measured around each call, in a worker that has the machine for itself;"
                    + " so what workers lose to each other counts as overhead, and a little below zero is chance."
        },
        {
            "spread",
            "The wall times' interquartile range, divided by their median: half of the rounds lie that close together."
        },
        {
            "auto",
            "MapOptions.autoChunksize(), which finds the size by measured time; in brackets how many items it sent at a time,"
                    + " on average. Its diamond stands at that size."
        },
        {
            "large chunk sizes",
            "With fewer chunks than workers some workers have nothing to do, as they would in your map if it has as many"
                    + " items as this sample. If it has more, measure a larger sample."
        },
    };

    String html() {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>Chunk sizes of ").append(escaped(shortName())).append("</title>\n");
        page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
        head(page);
        page.append("<h2>Charts</h2>\n").append(charts());
        page.append("<h2>Figures</h2>\n");
        table(page);
        page.append("<h2>What is what</h2>\n<dl>\n");
        for (String[] definition : DEFINITIONS)
            page.append("<dt>")
                    .append(escaped(definition[0]))
                    .append("</dt><dd>")
                    .append(escaped(definition[1]))
                    .append("</dd>\n");
        return page.append("</dl>\n</body>\n</html>\n").toString();
    }

    private void head(StringBuilder page) {
        page.append("<h1>Chunk sizes of <code>").append(escaped(function)).append("</code></h1>\n<p class=\"facts\">");
        String items = sizes.items() == sizes.sampleSize()
                ? sizes.items() + " items"
                : sizes.items() + " of " + sizes.sampleSize() + " items";
        page.append(escaped(items + " (" + sample.name() + "), " + budget.toMillis() / 1000.0 + " s, measured "
                        + machine.when()))
                .append("<br>\n");
        page.append(escaped(machine.processor() + ", " + machine.processors() + " processors; " + machine.system()
                        + "; Java " + machine.java()))
                .append("</p>\n<div class=\"verdict\">\n");
        sizes.advice().forEach(sentence -> paragraph(page, sentence));
        page.append("</div>\n");
        if (sizes.notes().isEmpty()) return;
        page.append("<div class=\"notes\">\n");
        sizes.notes().forEach(note -> paragraph(page, note));
        page.append("</div>\n");
    }

    private static void paragraph(StringBuilder page, String sentence) {
        page.append("<p>").append(escaped(sentence)).append("</p>\n");
    }

    private String charts() {
        StringBuilder all = new StringBuilder("<div class=\"charts\">\n");
        try {
            int width = WIDE; // the first one, above pairs
            for (Chart chart : Chart.all()) {
                all.append(image(chart.title(), chart.svg(sizes.rows(), width)));
                width = NARROW;
            }
        } catch (LinkageError | InternalError noFonts) {
            // Java's graphics need the system's font library, which a server may lack: the table has all figures.
            return "<p class=\"notes\">No charts: this Java cannot draw text (" + escaped(noFonts.toString())
                    + "). On Debian and Ubuntu <code>apt-get install fontconfig fonts-dejavu-core</code> helps.</p>\n";
        }
        return all.append("</div>\n").toString();
    }

    /** As an image, not as elements of this page: names in one chart's definitions are those of another's. */
    private static String image(String title, String svg) {
        String base64 = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        return "<img alt=\"" + escaped(title) + "\" src=\"data:image/svg+xml;base64," + base64 + "\">\n";
    }

    private void table(StringBuilder page) {
        page.append(
                "<div class=\"table\"><table>\n<tr><th>workers</th><th>chunk size</th><th>items/s</th><th>speed-up</th>"
                        + "<th>first result</th><th>longest wait</th><th>overhead<br>per item</th><th>wall</th><th>spread</th>"
                        + "<th>rounds</th></tr>\n");
        int recommended = sizes.recommended();
        int workers = 0;
        for (Row row : sizes.rows()) {
            String kind = workers != 0 && workers != row.workers() ? "first" : "";
            workers = row.workers();
            if (workers == sizes.workers() && !row.isAuto() && row.chunksize() == recommended) kind += " recommended";
            page.append(kind.isEmpty() ? "<tr>" : "<tr class=\"" + kind.strip() + "\">");
            cell(page, Integer.toString(workers));
            cell(page, row.isAuto() ? "auto (" + row.chunksize() + ")" : Integer.toString(row.chunksize()));
            cell(page, Amount.rate(row.itemsPerSecond()));
            cell(page, Double.isNaN(row.speedup()) ? "–" : String.format(Locale.ROOT, "%.2f", row.speedup()));
            cell(page, Amount.time(row.firstResult()));
            cell(page, Amount.time(row.longestWait()));
            cell(page, Amount.time(row.overheadPerItem()));
            cell(page, Amount.time(row.wall()));
            cell(page, String.format(Locale.ROOT, "%.0f\u202f%%", 100 * row.spread()));
            cell(page, Integer.toString(row.rounds()));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
    }

    private static void cell(StringBuilder page, String text) {
        page.append("<td>").append(escaped(text)).append("</td>");
    }

    private String shortName() {
        int colons = function.indexOf("::");
        return function.substring(function.lastIndexOf('.', colons) + 1);
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(Report.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
