package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Payload;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does every int and long come back, in the fewest bytes, wherever it lies? */
@NullUnmarked
class NumbersTest {
    /** Around every power of two, on both sides of zero. */
    static LongStream numbers() {
        return LongStream.rangeClosed(0, 63)
                .map(bit -> 1L << bit)
                .flatMap(power -> LongStream.rangeClosed(-2, 2).map(near -> power + near))
                .flatMap(number -> LongStream.of(number, -number));
    }

    static Stream<Object> values() {
        return Stream.concat(
                numbers().boxed(),
                numbers().filter(number -> number == (int) number).mapToObj(number -> (int) number));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aNumberComesBackFromTheBeginningTheMiddleAndTheEndOfAnArray(Object number) throws Exception {
        byte[] written = Travel.written(number).toArray();
        for (int before : new int[] {0, 1, 2, 3, 4, 20})
            for (int behind : new int[] {0, 1, 20}) {
                byte[] row = new byte[before + written.length + behind];
                new Random(before).nextBytes(row);
                System.arraycopy(written, 0, row, before, written.length);
                assertThat(SimpleValues.read(row, before, written.length)).isEqualTo(number);
            }
    }

    @ParameterizedTest
    @MethodSource("values")
    void aNumberTakesTheFewestBytesThatHoldIt(Object number) throws Exception {
        int bytes = Travel.written(number).length() - 1;
        long value = ((Number) number).longValue();
        assertThat(fits(value, bytes)).isTrue();
        assertThat(bytes == 1 || !fits(value, bytes - 1)).isTrue();
    }

    private static boolean fits(long number, int bytes) {
        int free = Long.SIZE - Byte.SIZE * bytes;
        return number << free >> free == number;
    }

    /** What was written before and is written next stays whole, though more is stored than the number takes. */
    @ParameterizedTest
    @MethodSource("values")
    void anItemTouchesNoOther(Object number) throws Exception {
        PayloadCodec codec = Travel.codec();
        for (int i = 0; i < 100; i++) {
            codec.addArgument("a");
            codec.addArgument(number);
        }
        Payload all = codec.take();
        PayloadCodec two = Travel.codec();
        two.addArgument("a");
        two.addArguments(new Object[] {number});
        byte[] once = two.take().toArray();
        byte[] expected = new byte[100 * once.length];
        for (int i = 0; i < 100; i++) System.arraycopy(once, 0, expected, i * once.length, once.length);
        assertThat(Arrays.equals(all.toArray(), expected)).isTrue();
    }
}
