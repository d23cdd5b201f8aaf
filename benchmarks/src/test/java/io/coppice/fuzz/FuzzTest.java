package io.coppice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Do all decoders answer bytes that nobody meant as they are said to? A short run; {@code scripts/fuzz} is a long one. */
class FuzzTest {
    private static final long SEED = 20_261_130;
    private static final int INPUTS = 60_000;

    static List<Targets> targets() {
        return Targets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingButAValueOrTheDocumentedExceptionComesOut(Targets target) {
        Fuzzing fuzzing = new Fuzzing(target.name(), target.made().get(), SEED);
        Tally tally = new Tally();
        int inputs = Math.max(500, INPUTS * target.share() / 100);
        assertThat(fuzzing.run(0, inputs, tally)).isNull();
        assertThat(tally.inputs).isEqualTo(inputs);
        assertThat(tally.accepted)
                .as("accepted: else nothing behind the first check is tried")
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void anInputOfASeedIsAlwaysTheSame(Targets target) {
        byte[] once = new Fuzzing(target.name(), target.made().get(), SEED).input(7);
        byte[] again = new Fuzzing(target.name(), target.made().get(), SEED).input(7);
        assertThat(once).isEqualTo(again);
    }
}
