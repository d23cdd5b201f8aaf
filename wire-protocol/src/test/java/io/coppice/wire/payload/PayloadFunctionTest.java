package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Payload;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A call's function: which one travels without a graph, and does it arrive all the same? */
@NullUnmarked
class PayloadFunctionTest {
    private static final byte GRAPH = 32;
    private static final byte FUNCTION = 36;

    record OfSource(PayloadLambdaTest.Source<?> function) implements Invocable {
        @Override
        public int arity() {
            return 0;
        }

        @Override
        public Object invoke(Object[] arguments) {
            return function.get();
        }
    }

    record OfFn(PayloadLambdaTest.Fn<Object, ?> function) implements Invocable {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public Object invoke(Object[] arguments) {
            return function.apply(arguments[0]);
        }
    }

    record OfAny(Function<?, ?> function) implements Invocable {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        @SuppressWarnings("unchecked") // a test passes what it takes
        public Object invoke(Object[] arguments) {
            return ((Function<Object, ?>) function).apply(arguments[0]);
        }
    }

    private static Object echo(Object value) {
        return value;
    }

    private static <T> T generic(T value) {
        return value;
    }

    private static void assertWritten(Invocable function, byte tag) throws PayloadException {
        assertThat(Travel.written(function).bytes()[0]).isEqualTo(tag);
    }

    @Test
    void aMethodReferenceTravelsWithoutAGraph() throws Throwable {
        OfFn function = new OfFn(PayloadFunctionTest::echo);
        assertWritten(function, FUNCTION);
        OfFn read = Travel.travelled(function);
        assertThat(read.invoke(new Object[] {"a"})).isEqualTo("a");
        assertThat(Lambdas.describe(read.function())).isEqualTo(Lambdas.describe(function.function()));
    }

    @Test
    void aLambdaWithoutCapturesTravelsWithoutAGraph() throws Throwable {
        OfSource function = new OfSource(() -> "made there");
        assertWritten(function, FUNCTION);
        assertThat(Travel.travelled(function).invoke(new Object[0])).isEqualTo("made there");
    }

    @Test
    void whatALambdaHasCapturedTravelsInAGraph() throws Throwable {
        int number = new Random(1).nextInt();
        OfSource function = new OfSource(() -> number);
        assertWritten(function, GRAPH);
        assertThat(Travel.travelled(function).invoke(new Object[0])).isEqualTo(number);
    }

    @Test
    void referencesToOneGenericMethodAreToldApart() throws Throwable {
        PayloadLambdaTest.Fn<String, String> first = PayloadFunctionTest::<String>generic;
        PayloadLambdaTest.Fn<Integer, Integer> second = PayloadFunctionTest::<Integer>generic;
        assertThat(Travel.travelled(new OfAny(second)).invoke(new Object[] {7})).isEqualTo(7);
        assertThat(Travel.travelled(new OfAny(first)).invoke(new Object[] {"7"}))
                .isEqualTo("7");
    }

    @Test
    void aFunctionThatIsAnObjectTravelsInAGraph() throws Throwable {
        OfSource function = new OfSource(new Constant());
        assertWritten(function, GRAPH);
        assertThat(Travel.travelled(function).invoke(new Object[0])).isEqualTo(5);
    }

    static final class Constant implements PayloadLambdaTest.Source<Integer> {
        private final int number = 5;

        @Override
        public Integer get() {
            return number;
        }
    }

    @Test
    void withSerializersOfTheUsersItTravelsInAGraph() throws Exception {
        Form form =
                new Form(Serializable.class, new OfFn(PayloadFunctionTest::echo), new OfFn(PayloadFunctionTest::echo));
        PayloadCodec codec = new PayloadCodec(ClassSpace.of(Travel.LOADER), List.of(form));
        assertThatThrownBy(() -> codec.writeValue(new OfSource(() -> 1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("has the same serializer");
    }

    @Test
    void aLambdaThatIsNotSerializableIsRefusedAsEver() {
        Travel.assertRefused(new OfAny(x -> x)).hasMessageContaining("a lambda that is not serializable");
    }

    /** Only Coppice's records around functions are made here, whatever class is named. */
    @Test
    void aClassThatIsNoFunctionIsNotMade() throws PayloadException {
        byte[] right = Travel.written(new OfSource(() -> 1)).toArray();
        assertThatThrownBy(() -> Travel.read(renamed(right, "io.coppice.wire.payload.NotThere")))
                .isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> Travel.read(renamed(right, NoFunction.class.getName())))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("is no function: " + NoFunction.class.getName());
    }

    private static Payload renamed(byte[] bytes, String other) {
        String name = OfSource.class.getName();
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace((char) name.length() + name, (char) other.length() + other);
        return Payload.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    record NoFunction(Object function) {}
}
