package io.coppice.bench.rounds;

import java.util.ArrayList;
import java.util.List;

/** Rows below a heading: aligned for a terminal, or as Markdown. */
public final class TextTable {
    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();
    private final String rightAligned;

    /**
     * An empty table.
     *
     * @param alignment a letter a column: l or r
     * @param heading its columns
     */
    public TextTable(String alignment, String... heading) {
        if (alignment.length() != heading.length)
            throw new IllegalArgumentException("a letter a column: alignment=" + alignment);
        this.heading = List.of(heading);
        rightAligned = alignment;
    }

    /** Adds a row. */
    public void add(String... cells) {
        if (cells.length != heading.size())
            throw new IllegalArgumentException(
                    "a cell a column: cells=%d, columns=%d".formatted(cells.length, heading.size()));
        rows.add(List.of(cells));
    }

    /** Aligned by spaces. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, heading, "", "  ", "");
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < heading.size(); column++) rule.add("─".repeat(width(column)));
        line(text, rule, "", "  ", "");
        for (List<String> row : rows) line(text, row, "", "  ", "");
        return text.toString();
    }

    /** For a document. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        line(text, heading, "| ", " | ", " |");
        text.append('|');
        for (int column = 0; column < heading.size(); column++) text.append(isRight(column) ? "---:|" : "---|");
        text.append('\n');
        for (List<String> row : rows) line(text, row, "| ", " | ", " |");
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, String start, String between, String end) {
        StringBuilder line = new StringBuilder(start);
        for (int column = 0; column < cells.size(); column++) {
            if (column > 0) line.append(between);
            String cell = cells.get(column);
            String space = " ".repeat(width(column) - cell.length());
            line.append(isRight(column) ? space + cell : cell + space);
        }
        text.append(line.append(end).toString().stripTrailing()).append('\n');
    }

    private boolean isRight(int column) {
        return rightAligned.charAt(column) == 'r';
    }

    private int width(int column) {
        int width = heading.get(column).length();
        for (List<String> row : rows) width = Math.max(width, row.get(column).length());
        return width;
    }
}
