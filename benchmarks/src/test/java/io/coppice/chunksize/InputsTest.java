package io.coppice.chunksize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class InputsTest {
    private static List<Object> read(Class<?> type, byte[] bytes) throws IOException {
        return Inputs.read(
                        "lines",
                        new ByteArrayInputStream(bytes),
                        InputType.of(type).orElseThrow())
                .items();
    }

    private static List<Object> read(Class<?> type, String lines) throws IOException {
        return read(type, lines.getBytes(UTF_8));
    }

    @Test
    void aLineIsAnItemOfTheFunctionsType() throws IOException {
        assertThat(read(String.class, "größe\n\n a b \r\n")).containsExactly("größe", " a b ");
        assertThat(read(int.class, "1\n -2 \n")).containsExactly(1, -2);
        assertThat(read(Long.class, "5000000000")).containsExactly(5_000_000_000L);
        assertThat(read(double.class, "1e-3")).containsExactly(0.001);
        assertThat(read(BigInteger.class, "1" + "0".repeat(30))).containsExactly(BigInteger.TEN.pow(30));
        assertThat(InputType.of(List.class)).isEmpty();
    }

    @Test
    void aLineThatIsNoneIsNamed() {
        assertThatThrownBy(() -> read(int.class, "1\n\n5000000000\n"))
                .isInstanceOf(UsageException.class)
                .hasMessage("line 3 of lines is no int: 5000000000");
        assertThatThrownBy(() -> read(String.class, "a\nä\n".getBytes(ISO_8859_1)))
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> read(String.class, "\n\n")).hasMessageContaining("no inputs in lines");
        assertThatThrownBy(() ->
                        Inputs.read("/no/such/file", InputType.of(int.class).orElseThrow()))
                .hasMessageContaining("/no/such/file");
    }

    @Test
    void theNumbersThatComeWithTheToolAreNumbers() throws IOException {
        assertThat(Inputs.read(null, InputType.of(long.class).orElseThrow()).items())
                .hasSize(10_000);
    }

    @Test
    void aBudgetHasAUnit() {
        DurationOption option = new DurationOption();
        assertThat(List.of("500ms", "20s", "2m", "7"))
                .extracting(option::convert)
                .containsExactly(
                        Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofSeconds(7));
        for (String none : List.of("", "0s", "-1s", "1h", "soon"))
            assertThatThrownBy(() -> option.convert(none)).isInstanceOf(TypeConversionException.class);
    }
}
