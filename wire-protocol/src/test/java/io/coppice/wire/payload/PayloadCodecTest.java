package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Do simple values come back, and does the buffer hold exactly what was written well? */
@NullUnmarked
class PayloadCodecTest {
    private static final byte FIRST_GRAPH_TAG = 32;

    static Stream<Object> simpleValues() {
        StringBuilder everyChar = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) everyChar.append((char) c);
        return Stream.of(
                true,
                false,
                (byte) 0,
                Byte.MIN_VALUE,
                Byte.MAX_VALUE,
                (short) 0,
                Short.MIN_VALUE,
                Short.MAX_VALUE,
                'a',
                Character.MIN_VALUE,
                Character.MAX_VALUE,
                '\uD800',
                0,
                1,
                -1,
                63,
                64,
                -64,
                -65,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                0L,
                -1L,
                1L << 40,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0f,
                -0f,
                Float.NaN,
                Float.MIN_VALUE,
                Float.NEGATIVE_INFINITY,
                0d,
                -0d,
                Double.NaN,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                "",
                "a",
                "ab",
                "\0",
                "\u007F",
                "\u0080",
                "naïve Straße",
                "漢字",
                "😀",
                "\uD83D",
                "\uDE00\uD83D",
                "lone \uD800 in the middle",
                everyChar.toString(),
                "x".repeat(1 << 20),
                "é".repeat(1 << 20),
                new byte[0],
                new byte[] {Byte.MIN_VALUE, 0, Byte.MAX_VALUE},
                new int[0],
                new int[] {Integer.MIN_VALUE, 0, -1, Integer.MAX_VALUE},
                new long[0],
                new long[] {Long.MIN_VALUE, 0, -1, Long.MAX_VALUE},
                new double[0],
                new double[] {Double.NaN, -0d, Double.MIN_VALUE, Double.MAX_VALUE},
                new float[0],
                new float[] {Float.NaN, -0f, Float.MIN_VALUE, Float.MAX_VALUE},
                new short[] {Short.MIN_VALUE, 0, -1, Short.MAX_VALUE},
                new char[] {0, 'a', '\uD800', '\uFFFF'},
                new boolean[] {true, false, true},
                new double[200_000]);
    }

    @ParameterizedTest
    @MethodSource("simpleValues")
    void aSimpleValueComesBackEqualWithoutAGraph(Object value) throws PayloadException {
        Payload payload = Travel.written(value);
        assertThat(payload.bytes()[0]).isLessThan(FIRST_GRAPH_TAG);
        Object read = Travel.read(payload);
        assertThat(read).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void nullComesBack() throws PayloadException {
        assertThat(Travel.<Object>travelled(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({ // docs/wire-format.md, value tags
        "null, 00",
        "false, 01",
        "true, 02",
        "int 7, 1407",
        "int -1, 14ff",
        "int 128, 158000",
        "int -2147483648, 1700000080",
        "long 7, 1807",
        "long 300, 192c01",
        "long 1099511627775, 1dffffffffff00",
        "string '', 0a00",
        "string a, 0a0161",
        "string ab, 0a026162",
        "string ä, 0a01e4",
        "string a€, 0f026100ac20",
    })
    void aSimpleValueHasTheseBytes(String value, String hex) throws PayloadException {
        String[] parts = value.split(" ", 2);
        Object written = switch (parts[0]) {
            case "null" -> null;
            case "int" -> Integer.valueOf(parts[1]);
            case "long" -> Long.valueOf(parts[1]);
            case "string" -> parts[1].replace("'", "");
            default -> Boolean.valueOf(value);
        };
        assertThat(HexFormat.of().formatHex(Travel.written(written).toArray())).isEqualTo(hex);
    }

    @Test
    void numbersInSimpleValuesAreLittleEndian() throws PayloadException {
        assertThat(Travel.written((short) 0x0102).toArray()).containsExactly(4, 2, 1);
        assertThat(Travel.written('\u0102').toArray()).containsExactly(5, 2, 1);
        assertThat(Travel.written(2f).toArray()).containsExactly(8, 0, 0, 0, 0x40);
        assertThat(Travel.written(2d).toArray()).containsExactly(9, 0, 0, 0, 0, 0, 0, 0, 0x40);
        assertThat(Travel.written(new int[] {1}).toArray()).containsExactly(12, 1, 1, 0, 0, 0);
    }

    @Test
    void argumentsComeBackInTheirPlaces() throws PayloadException {
        assertThat(Travel.travelledArguments()).isEmpty();
        assertThat(Travel.travelledArguments(1, null, "c")).containsExactly(1, null, "c");
        assertThat(Travel.travelledArguments(List.of(1))).containsExactly(List.of(1));
        assertThat(Travel.travelledArguments(1, List.of(2), "c")).containsExactly(1, List.of(2), "c");
    }

    @Test
    void anOutcomesKindStandsBeforeItsValue() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        codec.addOutcome(OutcomeKind.RETURNED, "right");
        codec.addOutcome(OutcomeKind.UNSENDABLE_RESULT, List.of("reason"));
        Items.Cursor items = new Items(2, codec.take()).cursor();
        assertThat(items.next()).isTrue();
        assertThat(items.outcomeKind()).isEqualTo(OutcomeKind.RETURNED);
        assertThat(Travel.<Object>read(items.outcomePayload())).isEqualTo("right");
        assertThat(items.next()).isTrue();
        assertThat(items.outcomeKind()).isEqualTo(OutcomeKind.UNSENDABLE_RESULT);
        assertThat(Travel.<Object>read(items.outcomePayload())).isEqualTo(List.of("reason"));
    }

    @Test
    void aFailedWriteLeavesWhatWasWrittenBeforeAndTheNextWorks() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        Object[] failsLate = {"x".repeat(5000), List.of(1, new Unwritable())};
        codec.addArguments("first");
        int size = codec.size();
        assertThatThrownBy(() -> codec.addArguments(failsLate)).isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> codec.addOutcome(OutcomeKind.RETURNED, failsLate))
                .isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> codec.writeValue(failsLate)).isInstanceOf(PayloadException.class);
        assertThat(codec.size()).isEqualTo(size);
        codec.addArguments(List.of("second"));
        codec.addArguments(List.of("third"), "and more");

        List<Object> read = new ArrayList<>();
        for (Items.Cursor items = new Items(3, codec.take()).cursor(); items.next(); ) {
            Object[] argument = new Object[read.size() < 2 ? 1 : 2];
            Travel.codec().readArguments(items.payload(), argument);
            read.add(argument[0]);
        }
        assertThat(read).containsExactly("first", List.of("second"), List.of("third"));
    }

    @Test
    void aFailedReadLeavesTheCodecUsable() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        Payload list = Travel.written(List.of("a", "b"));
        assertThatThrownBy(() -> codec.readValue(new Payload(list.bytes(), 0, list.length() - 1)))
                .isInstanceOf(PayloadException.class);
        assertThat(codec.readValue(list)).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aReasonThatCannotBeAskedForItsMessageStillRefuses() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        assertThatThrownBy(() -> codec.writeValue(new Unwritable(new MuteException())))
                .isInstanceOf(PayloadException.class);
        IllegalStateException cyclic = new IllegalStateException("cyclic");
        cyclic.initCause(new IllegalStateException(cyclic));
        assertThatThrownBy(() -> codec.writeValue(new Unwritable(cyclic))).isInstanceOf(PayloadException.class);
        assertThat(codec.size()).isZero();
    }

    @Test
    void takingAndClearingEmptyTheCodec() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        codec.writeValue(1);
        assertThat(codec.take().length()).isEqualTo(2);
        assertThat(codec.size()).isZero();
        codec.writeValue(new byte[3 << 20]);
        codec.clear();
        assertThat(codec.take().length()).isZero();
        codec.writeValue("again");
        assertThat(Travel.<Object>read(codec.take())).isEqualTo("again");
    }

    @Test
    void moreArgumentsAskedForThanWereWrittenAreRefused() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        codec.addArguments(List.of(1), List.of(2));
        Items.Cursor item = new Items(1, codec.take()).cursor();
        item.next();
        assertThatThrownBy(() -> codec.readArguments(item.payload(), new Object[3]))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void whatIsWrittenCanBeReadWhereItLies() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        codec.addArgument("first");
        int second = codec.size();
        codec.addArgument(List.of(2));
        assertThat(SimpleValues.isSimple(codec.bytes(), 4, second - 4)).isTrue();
        assertThat(SimpleValues.read(codec.bytes(), 4, second - 4)).isEqualTo("first");
        assertThat(SimpleValues.isSimple(codec.bytes(), second + 4, codec.size() - second - 4))
                .isFalse();
        CodecPool pool = new CodecPool(ClassSpace.of(Travel.LOADER));
        assertThat(pool.read(codec.bytes(), 4, second - 4)).isEqualTo("first");
        assertThat(pool.read(codec.bytes(), second + 4, codec.size() - second - 4))
                .isEqualTo(List.of(2));
    }

    /** Each kind of value is met where the buffer grows. */
    @Test
    void aRowThatOutgrowsItsBufferComesBackWhole() throws PayloadException {
        for (Object value : new Object[] {null, true, (byte) 1, 'c', 1, 1L << 60, 1.5, 1.5f, "text", new int[5]}) {
            PayloadCodec codec = Travel.codec();
            for (int i = 0; i < 3000; i++) codec.addOutcome(OutcomeKind.THREW, value);
            Items.Cursor row = new Items(3000, codec.take()).cursor();
            while (row.next()) {
                assertThat(row.outcomeKind()).isEqualTo(OutcomeKind.THREW);
                assertThat(SimpleValues.read(row.bytes(), row.outcomeOffset(), row.outcomeLength()))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void oneArgumentIsWrittenAsTheSameBytesByBothWays() throws PayloadException {
        for (Object value : new Object[] {null, 1, 300L, "a", List.of(1), new int[3]}) {
            PayloadCodec one = Travel.codec();
            one.addArgument(value);
            PayloadCodec row = Travel.codec();
            row.addArguments(new Object[] {value});
            assertThat(one.take()).isEqualTo(row.take());
        }
    }

    @Test
    void theOnlyArgumentIsReadAloneAsItIsInARow() throws PayloadException {
        for (Object value : new Object[] {null, 1, "a", List.of(1), new int[3]}) {
            PayloadCodec codec = Travel.codec();
            codec.addArgument(value);
            Items.Cursor item = new Items(1, codec.take()).cursor();
            item.next();
            Object[] row = new Object[1];
            codec.readArguments(item.payload(), row);
            assertThat(codec.readArgument(item.payload())).isEqualTo(value).isEqualTo(row[0]);
        }
    }

    /** What is nearly full is given away, so it must not be written to again. */
    @Test
    void whatWasTakenStaysAsItIs() throws PayloadException {
        PayloadCodec codec = Travel.codec();
        byte[] ones = new byte[100_000];
        Arrays.fill(ones, (byte) 1);
        codec.writeValue(ones);
        Payload taken = codec.take();
        codec.writeValue(new byte[100_000]);
        codec.take();
        assertThat(Travel.<byte[]>read(taken)).isEqualTo(ones);
    }

    @Test
    void aPoolsCodecIsEmptyAndNeverTakenTwice() throws PayloadException {
        CodecPool pool = new CodecPool(ClassSpace.of(Travel.LOADER));
        PayloadCodec first = pool.take();
        PayloadCodec second = pool.take();
        assertThat(second).isNotSameAs(first);
        first.writeValue(1);
        pool.giveBack(first);
        assertThat(pool.take()).isSameAs(first);
        assertThat(first.size()).isZero();
    }

    static final class Unwritable implements Serializable {
        private final transient RuntimeException reason;

        Unwritable() {
            this(new IllegalStateException("no"));
        }

        Unwritable(RuntimeException reason) {
            this.reason = reason;
        }

        private void writeObject(ObjectOutputStream stream) {
            throw reason;
        }
    }

    static final class MuteException extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
