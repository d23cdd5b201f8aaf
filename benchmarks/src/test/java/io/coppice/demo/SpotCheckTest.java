package io.coppice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpotCheckTest {
    private final List<FileFacts> many = IntStream.range(0, 100)
            .mapToObj(i -> new FileFacts("/f" + i, i, i, "", 1))
            .toList();

    @Test
    void tenDifferentFilesAreChosen() {
        assertThat(SpotCheck.choose(many, 7)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void allAreChosenWhereThereAreFewer() {
        assertThat(SpotCheck.choose(many.subList(0, 3), 7)).containsExactlyInAnyOrderElementsOf(many.subList(0, 3));
    }

    @Test
    void theSeedAloneDecides() {
        List<FileFacts> reversed = new ArrayList<>(many);
        Collections.reverse(reversed);
        assertThat(SpotCheck.choose(reversed, 7)).isEqualTo(SpotCheck.choose(many, 7));
        assertThat(SpotCheck.choose(many, 8)).isNotEqualTo(SpotCheck.choose(many, 7));
    }
}
