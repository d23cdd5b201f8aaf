package io.coppice.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    private static TextTable table() {
        TextTable table = new TextTable("lr", "name", "n");
        table.add("a", "1");
        table.add("longer", "100");
        return table;
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(table().text()).isEqualTo("""
                name      n
                ──────  ───
                a         1
                longer  100
                """);
    }

    @Test
    void markdownSaysWhichColumnsAreNumbers() {
        assertThat(table().markdown()).isEqualTo("""
                | name   |   n |
                |---|---:|
                | a      |   1 |
                | longer | 100 |
                """);
    }
}
