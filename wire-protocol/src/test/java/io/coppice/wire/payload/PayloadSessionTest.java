package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Do the variables of an interactive session go with the code that uses them? */
@NullUnmarked
class PayloadSessionTest {
    interface Source<R> extends Supplier<R>, Serializable {}

    /** As a session keeps its variables: each in a class of its own. */
    static final class First {
        static Object x;
    }

    static final class Second {
        static Object y;

        static Source<Object> readsY() {
            return () -> y;
        }
    }

    static final class Uses implements Serializable {
        static Source<Object> readsX() {
            return () -> First.x;
        }
    }

    /** Says that the code of Uses uses x, and that of Second y. */
    private static final class Session implements ClassSpace {
        int asked;
        boolean takes = true;

        @Override
        public boolean takesVariables() {
            return takes;
        }

        @Override
        public int loaderOf(Class<?> type) {
            return type.getEnclosingClass() == PayloadSessionTest.class && type != Source.class ? 7 : CLASS_PATH;
        }

        @Override
        public Class<?> find(int loader, String name) throws ClassNotFoundException {
            return Class.forName(name, false, Travel.LOADER);
        }

        @Override
        public List<Field> variablesUsedBy(Collection<Class<?>> classes, Collection<SerializedLambda> lambdas) {
            asked++;
            Set<Field> found = new LinkedHashSet<>();
            for (SerializedLambda lambda : lambdas) {
                if (lambda.getCapturingClass().endsWith("Uses")) found.add(field(First.class, "x"));
                if (lambda.getCapturingClass().endsWith("Second")) found.add(field(Second.class, "y"));
            }
            if (classes.contains(Uses.class)) found.add(field(First.class, "x"));
            return List.copyOf(found);
        }

        private static Field field(Class<?> type, String name) {
            try {
                return type.getDeclaredField(name);
            } catch (NoSuchFieldException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final Session session = new Session();
    private final PayloadCodec codec = new PayloadCodec(session);

    @BeforeEach
    void none() {
        First.x = null;
        Second.y = null;
    }

    private Payload written(Object value) throws PayloadException {
        codec.writeValue(value);
        Payload payload = codec.take();
        First.x = "not yet";
        Second.y = "not yet";
        return payload;
    }

    private Object read(Payload payload) throws PayloadException {
        return new PayloadCodec(session).readValue(payload);
    }

    @Test
    void aVariableIsSetBeforeTheCodeThatUsesItCanRun() throws PayloadException {
        First.x = List.of(1, 2);
        Payload payload = written(Uses.readsX());
        assertThat(PayloadCodec.hasVariables(payload)).isTrue();
        assertThat(((Source<?>) read(payload)).get()).isEqualTo(List.of(1, 2));
    }

    @Test
    void aClassThatUsesAVariableBringsItAsALambdaDoes() throws PayloadException {
        First.x = 5;
        read(written(List.of(new Uses())));
        assertThat(First.x).isEqualTo(5);
    }

    @Test
    void aVariableMayHoldCodeThatUsesAnother() throws PayloadException {
        First.x = Second.readsY();
        Second.y = "deep";
        Source<?> read = (Source<?>) read(written(Uses.readsX()));
        assertThat(((Source<?>) read.get()).get()).isEqualTo("deep");
        assertThat(Second.y).isEqualTo("deep");
    }

    @Test
    void whatValueAndVariableShareStaysShared() throws PayloadException {
        List<Object> shared = new ArrayList<>();
        shared.add(Uses.readsX());
        First.x = shared;
        Object read = read(written(shared));
        assertThat(First.x).isSameAs(read);
    }

    @Test
    void argumentsBringTheirVariablesToo() throws PayloadException {
        First.x = 3;
        for (Object[] arguments : List.of(new Object[] {Uses.readsX(), "b"}, new Object[] {Uses.readsX()})) {
            First.x = 3;
            codec.addArguments(arguments);
            First.x = 4;
            Items.Cursor item = new Items(1, codec.take()).cursor();
            item.next();
            assertThat(PayloadCodec.hasVariables(item.payload())).isTrue();
            Object[] read = new Object[arguments.length];
            new PayloadCodec(session).readArguments(item.payload(), read);
            assertThat(((Source<?>) read[0]).get()).isEqualTo(3);
        }
    }

    @Test
    void whatUsesNoneIsWrittenAsEverAndTheSpaceIsNotAsked() throws PayloadException {
        Payload payload = written(List.of(1, "a"));
        assertThat(payload.toArray()).startsWith(32);
        assertThat(PayloadCodec.hasVariables(payload)).isFalse();
        assertThat(session.asked).isZero();
        assertThat(PayloadCodec.hasVariables(Payload.of(new byte[0]))).isFalse();
    }

    @Test
    void aVariableThatCannotBeSentIsNamed() {
        First.x = RefusedValues.THREAD;
        assertThatThrownBy(() -> codec.writeValue(Uses.readsX()))
                .hasMessage("snippet variable x holds " + RefusedValues.A_THREAD);
        First.x = new RefusedValues.Job(RefusedValues.THREAD);
        assertThatThrownBy(() -> codec.writeValue(Uses.readsX()))
                .hasMessage("snippet variable x → Job.held holds " + RefusedValues.A_THREAD);
        assertThatThrownBy(() -> codec.addArguments(Uses.readsX(), 1))
                .hasMessage("snippet variable x → Job.held holds " + RefusedValues.A_THREAD);
        First.x = 1;
        assertThatThrownBy(() -> codec.writeValue(List.of(Uses.readsX(), RefusedValues.THREAD)))
                .hasMessage("List[1] holds " + RefusedValues.A_THREAD);
    }

    @Test
    void aFieldThatIsNoVariableIsNotSet() throws PayloadException {
        First.x = "x";
        byte[] bytes = written(Uses.readsX()).toArray();
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text).contains("First");
        bytes[2 + 0] = 0; // the loader of the first variable's class
        assertThatThrownBy(() -> read(Payload.of(bytes))).isInstanceOf(PayloadException.class);
    }

    /** In a parent: what a worker answers must not set anything there. */
    @Test
    void whoTakesNoVariablesHasNoneSet() throws PayloadException {
        First.x = "sent";
        PayloadCodec codec = new PayloadCodec(session);
        codec.writeValue(Uses.readsX());
        Payload payload = codec.take();
        assertThat(PayloadCodec.hasVariables(payload)).isTrue();
        First.x = "as it was";
        session.takes = false;
        assertThatThrownBy(() -> codec.readValue(payload))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("variables of an interactive session, where none are taken");
        assertThat(First.x).isEqualTo("as it was");
    }
}
