package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Payload;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of an answer where the user has listed what may? No class that is not on the list, in no form. */
@NullUnmarked
class AnswerClassesTest {
    record Row(int number) {}

    enum Colour {
        RED
    }

    static class Fields {
        int field = 1;
    }

    static final class ByHand implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) {}

        private void readObject(ObjectInputStream in) {}
    }

    interface Named {
        String name();
    }

    record Handler() implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return "name";
        }
    }

    private static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1;

        OwnException() {
            super("told");
        }
    }

    private static final PayloadLambdaTest.Source<Object> LAMBDA = () -> "made in the worker";

    private static Object proxy() {
        return Proxy.newProxyInstance(Travel.LOADER, new Class<?>[] {Named.class}, new Handler());
    }

    static final List<Arguments> OF_CLASSES_NOT_LISTED = Stream.of(
                    new Row(1),
                    Colour.RED,
                    new Fields(),
                    new ByHand(),
                    new Row[] {new Row(1)},
                    new Row[0][0],
                    new Fields[] {null},
                    List.of(new Row(1)),
                    new ArrayList<>(List.of(Map.of("key", Optional.of(new Fields())))),
                    new HashMap<>(Map.of(new ByHand(), 1)),
                    Row.class,
                    LAMBDA,
                    (PayloadLambdaTest.Source<Object>) "text"::length,
                    new PayloadFunctionTest.OfSource(LAMBDA),
                    proxy(),
                    java.text.NumberFormat.getInstance())
            .map(value -> Arguments.of(new Object[] {value})) // an array too is one
            .toList();

    /** Asked for a class that was not allowed, it would tell. */
    private static PayloadCodec reader(String... patterns) {
        AnswerClasses listed = AnswerClasses.of(List.of(patterns));
        ClassSpace all = ClassSpace.of(Travel.LOADER);
        ClassSpace watched = new ClassSpace() {
            @Override
            public int loaderOf(Class<?> type) throws NotSerializableException {
                return all.loaderOf(type);
            }

            @Override
            public Class<?> find(int loader, String name) throws ClassNotFoundException {
                try {
                    listed.check(name);
                } catch (InvalidClassException looked) {
                    throw new AssertionError(looked);
                }
                return all.find(loader, name);
            }
        };
        return new PayloadCodec(listed.in(watched));
    }

    @ParameterizedTest
    @FieldSource("OF_CLASSES_NOT_LISTED")
    void aValueOfAClassThatIsNotListedIsRefusedAndTheClassNotEvenLookedFor(Object value) throws PayloadException {
        Payload written = Travel.written(value);
        assertThatThrownBy(() -> reader().readValue(written))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("that is not on the pool's list: class=")
                .hasMessageContaining("list=[]")
                .hasMessageContaining("WorkerContext.answersMayContain");
        assertThatThrownBy(() -> reader("com.acme.**", "io.coppice.wire.*").readValue(written))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("list=[com.acme.**, io.coppice.wire.*]");
    }

    @ParameterizedTest
    @FieldSource("OF_CLASSES_NOT_LISTED")
    void aValueOfAClassThatIsListedComes(Object value) throws PayloadException {
        Payload written = Travel.written(value);
        Object read = reader("io.coppice.wire.payload.*", "java.text.*").readValue(written);
        assertThat(read.getClass().isInstance(read)).isTrue();
        reader("io.coppice.**", "java.text.*").readValue(written);
    }

    @Test
    void aClassIsListedByItsBinaryName() throws PayloadException {
        String row = AnswerClassesTest.class.getName() + "$Row";
        assertThat(reader(row).readValue(Travel.written(List.of(new Row(1))))).isEqualTo(List.of(new Row(1)));
        assertThat(reader(row).readValue(Travel.written(new Row[] {new Row(1)})))
                .isEqualTo(new Row[] {new Row(1)});
        Payload fields = Travel.written(new Fields());
        assertThatThrownBy(() -> reader(row).readValue(fields)).hasMessageContaining("AnswerClassesTest$Fields");
        Payload another = Travel.written(new Row(1));
        assertThatThrownBy(() -> reader(row.substring(0, row.length() - 1)).readValue(another))
                .hasMessageContaining("AnswerClassesTest$Row");
    }

    static final List<Object> OF_THE_JDK = PayloadHostileBytesTest.VALUES.stream()
            .filter(value -> value.getClass().getName().startsWith("java.")
                    || value.getClass().isArray())
            .toList();

    @ParameterizedTest
    @FieldSource("OF_THE_JDK")
    void valuesOfTheJdkNeedNoList(Object value) throws PayloadException {
        Object read = reader().readValue(Travel.written(value));
        assertThat(read).hasSameClassAs(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Thread",
                "java.lang.Runtime",
                "java.lang.ProcessBuilder",
                "java.lang.System",
                "java.lang.invoke.SerializedLambda",
                "java.lang.reflect.Proxy",
                "java.net.URL",
                "java.rmi.server.UnicastRemoteObject",
                "java.util.logging.FileHandler",
                "javax.management.BadAttributeValueExpException",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "io.coppice.wire.payload.KryoSetup",
                "[Ljava.lang.Thread;",
                "[[Ljava.lang.Thread;",
                "[Ljava.lang.Thread",
                "[L",
                "[",
                "",
                ".",
                "Exception"
            })
    void whatIsMoreThanAValueIsNoneOfThem(String name) {
        assertThatThrownBy(() -> AnswerClasses.of(List.of()).check(name)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void anExceptionOfAnotherClassComesAsOneThatStandsInForItAndSaysWhy() throws PayloadException {
        Payload written = Travel.written(new IllegalStateException("outer", new OwnException()));
        Throwable read = (Throwable) reader().readValue(written);
        assertThat(read).hasToString("java.lang.IllegalStateException: outer").hasMessage("outer");
        assertThat(read.getCause()).hasMessage("told").isInstanceOf(RemoteException.class);
        assertThat(read.getSuppressed()[0]).hasMessageContaining("class=" + OwnException.class.getName());
        read = (Throwable) reader("io.coppice.wire.payload.*").readValue(written);
        assertThat(read).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(read.getCause()).isExactlyInstanceOf(OwnException.class);
    }

    @Test
    void aFunctionIsRefusedForTheClassWhoseMethodItIs() throws PayloadException {
        PayloadLambdaTest.Source<Object> exits = Runtime::getRuntime;
        Supplier<Object> typed = exits;
        Payload written = Travel.written(typed);
        assertThatThrownBy(() -> reader("io.coppice.wire.payload.*").readValue(written))
                .hasMessageContaining("class=java.lang.Runtime");
        Payload function = Travel.written(new PayloadFunctionTest.OfSource(exits));
        assertThatThrownBy(() -> reader("io.coppice.wire.payload.*").readValue(function))
                .hasMessageContaining("class=java.lang.Runtime");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "**",
                ".*",
                "com.acme.",
                "com..acme",
                "com.*.acme",
                "!com.acme.A",
                "a=1",
                "a.***",
                "[La;"
            })
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnswerClasses.of(List.of(pattern)))
                .withMessageContaining(pattern);
    }
}
