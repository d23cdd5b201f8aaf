package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Does a lambda travel with what it captured, and is one that cannot travel told from one that can? */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "unchecked"}) // goes by Java serialization; raw as a bridge is
class PayloadLambdaTest {
    interface Fn<A, R> extends Function<A, R>, Serializable {}

    interface Source<R> extends Supplier<R>, Serializable {}

    @Test
    void aLambdaWithoutStateTravels() throws PayloadException {
        Fn<Integer, Integer> twice = x -> 2 * x;
        assertThat(Travel.travelled(twice).apply(21)).isEqualTo(42);
    }

    @Test
    void lambdasAndThrowablesGoUnderTheClassIdsOfTheDocument() throws PayloadException {
        Source<Integer> source = () -> 1;
        assertThat(Travel.written(source).toArray()).startsWith(32, 9 + 2);
        assertThat(Travel.written(new IllegalStateException()).toArray()).startsWith(32, 10 + 2);
    }

    @Test
    void whatALambdaCapturedTravelsWithIt() throws PayloadException {
        List<Object> list = new ArrayList<>(List.of("a"));
        int number = 7;
        long wide = 1L << 40;
        String text = "t";
        Source<Object> source = () -> list + text + number + wide;
        Source<Object> read = Travel.travelled(source);
        list.add("later");
        assertThat(read.get()).isEqualTo("[a]t7" + wide);
    }

    @Test
    void aLambdaThatCapturedALambdaTravels() throws PayloadException {
        Fn<Integer, Integer> twice = x -> 2 * x;
        Fn<Integer, Integer> fourTimes = x -> twice.apply(twice.apply(x));
        assertThat(Travel.travelled(fourTimes).apply(3)).isEqualTo(12);
    }

    @Test
    void methodReferencesTravel() throws PayloadException {
        Fn<String, Integer> unbound = String::length;
        Fn<Object, String> ofAClass = PayloadLambdaTest::shout;
        Fn<String, StringBuilder> constructor = StringBuilder::new;
        Source<Integer> ofAnInstance = List.of(1, 2, 3)::size;
        assertThat(Travel.travelled(unbound).apply("four")).isEqualTo(4);
        assertThat(Travel.travelled(ofAClass).apply("a")).isEqualTo("a!");
        assertThat(Travel.travelled(constructor).apply("b")).hasToString("b");
        assertThat(Travel.travelled(ofAnInstance).get()).isEqualTo(3);
    }

    @Test
    void aLambdaTravelsInsideAGraphAndAsAnArgument() throws PayloadException {
        Fn<Integer, Integer> next = x -> x + 1;
        assertThat(Travel.travelled(List.of(next)).get(0).apply(1)).isEqualTo(2);
        Object[] read = Travel.travelledArguments(next, next, 5);
        assertThat(read[0]).isSameAs(read[1]).isInstanceOf(Fn.class);
    }

    @Test
    void aLambdaThatIsNotSerializableIsRefusedWithTheWayOut() {
        Function<Integer, Integer> plain = x -> x;
        Travel.assertRefused(plain)
                .hasMessageContaining("a lambda that is not serializable")
                .hasMessageContaining("Task");
    }

    @Test
    void aLambdaWithAnUnsendableCaptureIsRefusedByThatName() {
        Thread thread = Thread.currentThread();
        Source<Object> source = () -> thread;
        Travel.assertRefused(source).hasMessageContaining("java.lang.Thread");
    }

    @Test
    void aFunctionIsDescribedByWhereItWasWritten() {
        Fn<String, Integer> reference = String::length;
        Fn<String, StringBuilder> constructor = StringBuilder::new;
        Fn<Integer, Integer> lambda = x -> x + 1;
        Function<Integer, Integer> plain = x -> x;
        assertThat(Lambdas.describe(reference)).isEqualTo("java.lang.String::length");
        assertThat(Lambdas.describe(constructor)).isEqualTo("java.lang.StringBuilder::new");
        assertThat(Lambdas.describe(lambda))
                .isEqualTo(PayloadLambdaTest.class.getName() + " (lambda in aFunctionIsDescribedByWhereItWasWritten)");
        assertThat(Lambdas.describe(plain)).startsWith(PayloadLambdaTest.class.getName());
        assertThat(Lambdas.describe("text")).isEqualTo("java.lang.String");
    }

    static <T> T echo(T value) {
        return value;
    }

    interface Texts extends Fn<String, String> {
        @Override
        String apply(String text);
    }

    @Test
    void referencesToOneGenericMethodWithDifferentTypesAreToldApart() throws PayloadException {
        Fn<byte[], byte[]> bytes = PayloadLambdaTest::<byte[]>echo;
        Fn<double[], double[]> doubles = PayloadLambdaTest::<double[]>echo;
        Fn<String, String> texts = PayloadLambdaTest::<String>echo;
        for (int i = 0; i < 2; i++) {
            assertThat(Travel.travelled(bytes).apply(new byte[] {1})).containsExactly(1);
            assertThat(Travel.travelled(doubles).apply(new double[] {2})).containsExactly(2);
            assertThat(Travel.travelled(texts).apply("t")).isEqualTo("t");
        }
        List<Fn<double[], double[]>> read = Travel.travelled(new java.util.Vector<>(List.of(doubles)));
        assertThat(read.get(0).apply(new double[] {2})).containsExactly(2);
        Fn<double[], double[]> again = Travel.travelled(Travel.travelled(doubles));
        assertThat(again.apply(new double[] {2})).containsExactly(2);
    }

    @Test
    void aLambdaMadeAnewKeepsItsMarkersBridgesAndWhatItCaptured() throws PayloadException {
        Fn<byte[], byte[]> first = (Fn<byte[], byte[]> & Runnable2) PayloadLambdaTest::<byte[]>echo;
        Fn<int[], int[]> second = (Fn<int[], int[]> & Runnable2) PayloadLambdaTest::<int[]>echo;
        assertThat(Travel.travelled(first)).isInstanceOf(Runnable2.class);
        Fn<int[], int[]> read = Travel.travelled(second);
        assertThat(read).isInstanceOf(Runnable2.class);
        assertThat(read.apply(new int[] {3})).containsExactly(3);

        Texts texts = PayloadLambdaTest::echo;
        Function<Object, Object> raw = (Function) Travel.travelled(texts);
        assertThat(raw.apply("bridged")).isEqualTo("bridged");

        Object mine = new Echo("mine ");
        Fn<String, String> one = ((Echo) mine)::<String>with;
        Fn<Integer, Integer> other = ((Echo) mine)::<Integer>with;
        assertThat(Travel.travelled(one).apply("x")).isEqualTo("x");
        assertThat(Travel.travelled(other).apply(4)).isEqualTo(4);
    }

    interface Runnable2 {}

    record Echo(String text) {
        <T> T with(T value) {
            return value;
        }
    }

    @Test
    void anObjectOfAHiddenClassIsRefusedAsWhatItIs() throws Exception {
        byte[] bytes;
        try (var in = PayloadLambdaTest.class.getResourceAsStream("PayloadLambdaTest$Plain.class")) {
            bytes = in.readAllBytes();
        }
        Class<?> hidden = java.lang.invoke.MethodHandles.lookup()
                .defineHiddenClass(bytes, true)
                .lookupClass();
        Object object = hidden.getDeclaredConstructor().newInstance();
        String what = "an object of a hidden class (" + Plain.class.getName() + "), which exists in this JVM only";
        Travel.assertRefused(object).hasMessageStartingWith("it is " + what);
        Travel.assertRefused(List.of(object)).hasMessageStartingWith("List[0] holds " + what);
        Travel.assertRefused(List.of(hidden)).hasMessageContaining("hidden").hasMessageContaining("this JVM only");
    }

    static final class Plain implements Serializable {}

    private static String shout(Object value) {
        return value + "!";
    }
}
