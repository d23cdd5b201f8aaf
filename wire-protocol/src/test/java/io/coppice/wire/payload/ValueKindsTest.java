package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.wire.payload.ValueKinds.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does every kind of value come back as it was, wherever it stands, and is refused what is to be refused? */
@Tag("jdk")
@NullUnmarked
class ValueKindsTest {
    static final class Box {
        private final Object held;
        private final String beside = "beside";

        Box(Object held) {
            this.held = held;
        }
    }

    record Couple(Object one, int between, Object other) {}

    static List<Kind> travelling() {
        return ValueKinds.thatTravel();
    }

    static List<Kind> refused() {
        return ValueKinds.thatAreRefused();
    }

    @Test
    void thereAreManyKinds() {
        assertThat(travelling()).hasSizeGreaterThan(200);
        assertThat(refused()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void comesBack(Kind kind) {
        there(kind, sent -> kind.check().same(sent, Travel.travelled(sent)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void comesBackASecondTime(Kind kind) {
        there(kind, sent -> kind.check().same(sent, Travel.travelled(Travel.travelled(sent))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void comesBackTwiceInAListAsOne(Kind kind) {
        there(kind, sent -> {
            List<Object> back = Travel.travelled(new ArrayList<>(Arrays.asList("before", sent, 7, sent, "after")));
            assertThat(back).hasSize(5).startsWith("before").endsWith("after");
            assertIsOne(sent, back.get(1), back.get(3));
            kind.check().same(sent, back.get(1));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void comesBackInAField(Kind kind) {
        there(kind, sent -> {
            Box back = Travel.travelled(new Box(sent));
            assertThat(back.beside).isEqualTo("beside");
            kind.check().same(sent, back.held);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void comesBackInARecord(Kind kind) {
        there(kind, sent -> {
            Couple back = Travel.travelled(new Couple(sent, 7, sent));
            assertThat(back.between).isEqualTo(7);
            assertIsOne(sent, back.one, back.other);
            kind.check().same(sent, back.one);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("travelling")
    void comesBackAsTwoArguments(Kind kind) {
        there(kind, sent -> {
            Object[] back = Travel.travelledArguments(sent, List.of("between"), sent);
            assertIsOne(sent, back[0], back[2]);
            kind.check().same(sent, back[0]);
        });
    }

    private interface Journey {
        void of(Object sent) throws Exception;
    }

    /** Reports tell the kind by its number alone. */
    private static void there(Kind kind, Journey journey) {
        try {
            journey.of(kind.make());
        } catch (Exception | AssertionError failed) {
            throw new AssertionError(kind.name() + ": " + failed.getMessage(), failed);
        }
    }

    private static void assertIsOne(Object sent, Object one, Object other) {
        if (sent == null || RandomGraphElements.isValue(sent)) assertThat(one).isEqualTo(other);
        else assertThat(one).isSameAs(other);
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("refused")
    void isRefusedWhereverItStands(Kind kind) {
        Object value = kind.make();
        for (Object holder : Arrays.asList(
                value,
                new ArrayList<>(Arrays.asList("before", value)),
                new Box(value),
                new Couple(null, 1, value),
                new Object[] {value})) {
            Throwable thrown = catchThrowable(() -> Travel.codec().writeValue(holder));
            assertThat(thrown)
                    .as(kind.name() + " in a " + holder.getClass().getName())
                    .isInstanceOf(PayloadException.class)
                    .hasMessageNotContaining("null");
        }
    }
}
