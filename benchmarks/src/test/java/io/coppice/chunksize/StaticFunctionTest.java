package io.coppice.chunksize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which method a name on the command line means. */
public class StaticFunctionTest {
    private static StaticFunction named(String method) {
        return StaticFunction.named(
                StaticFunctionTest.class.getName() + "::" + method, StaticFunctionTest.class.getClassLoader());
    }

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    public static long twice(long n) {
        return 2 * n;
    }

    public static long twice(BigInteger n) {
        return 2 * n.longValue();
    }

    public static long twice(List<Long> n) {
        return n.size();
    }

    public static void nothing(int n) {}

    public static void fails(double n) throws IOException {
        throw new IOException("no " + n);
    }

    static int hidden(int n) {
        return n;
    }

    public int ofAnObject(int n) {
        return n;
    }

    public static int ofTwo(int a, int b) {
        return a + b;
    }

    @Test
    void aMethodIsCalledOnWhatALineIsMadeInto() throws Exception {
        StaticFunction upper = named("upper");
        assertThat(upper.apply(upper.inputType().parse().apply(" a b"))).isEqualTo(" A B");
        StaticFunction twice = named("twice(long)");
        assertThat(twice.apply(twice.inputType().parse().apply(" 21 "))).isEqualTo(42L);
        assertThat(named("nothing").apply(1)).isNull();
        assertThat(named("upper")).hasToString("StaticFunctionTest::upper");
    }

    @Test
    void whatItThrowsIsThrownAsItIs() {
        assertThatThrownBy(() -> named("fails").apply(1.5))
                .isInstanceOf(IOException.class)
                .hasMessage("no 1.5");
    }

    @Test
    void ofOverloadsThoseThatFitAreNamed() {
        assertThatThrownBy(() -> named("twice"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("twice(long)")
                .hasMessageContaining("twice(BigInteger)")
                .hasMessageNotContaining("twice(List)");
        assertThat(named("twice(java.math.BigInteger)").inputType().type()).isEqualTo(BigInteger.class);
        assertThatThrownBy(() -> named("twice(int)")).hasMessageContaining("no twice(int) among these");
    }

    @Test
    void whatCannotBeCalledIsRefusedWithTheReason() {
        for (String method : List.of("hidden", "ofAnObject", "ofTwo"))
            assertThatThrownBy(() -> named(method))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("public, static")
                    .hasMessageContaining(method + "(");
        assertThatThrownBy(() -> named("absent")).hasMessageContaining("has no method absent()");
        assertThatThrownBy(() ->
                        StaticFunction.named("com.acme.Nobody::run", getClass().getClassLoader()))
                .hasMessageContaining("no class com.acme.Nobody");
        assertThatThrownBy(() -> StaticFunction.named("Job.run", getClass().getClassLoader()))
                .hasMessageContaining("com.acme.Job::run");
    }
}
