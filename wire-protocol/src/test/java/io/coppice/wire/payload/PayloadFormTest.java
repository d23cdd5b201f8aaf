package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.*;
import java.util.concurrent.*;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Does what the user says about the form of a type hold, wherever a value of it stands? */
@NullUnmarked
@SuppressWarnings({"JdkObsolete", "unchecked"}) // values that users send; what is read is what was written
class PayloadFormTest {
    private record Calling(Function<Object, Object> called) implements Invocable {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public Object function() {
            return called;
        }

        @Override
        public Object invoke(Object[] arguments) {
            return called.apply(arguments[0]);
        }
    }

    private static <T, S> Form form(Class<T> type, Function<T, S> to, Function<S, Object> from) {
        return new Form(
                type, new Calling(value -> to.apply(type.cast(value))), new Calling(made -> from.apply((S) made)));
    }

    static class Connection {
        final Thread thread = Thread.currentThread(); // cannot be sent
        final String url;

        Connection(String url) {
            this.url = url;
        }
    }

    static final class Pooled extends Connection {
        Pooled(String url) {
            super(url);
        }
    }

    private static final Form CONNECTION =
            form(Connection.class, connection -> connection.url, url -> new Connection(url));

    private static Object travelled(List<Form> forms, Object value) throws PayloadException {
        ClassSpace space = ClassSpace.of(Travel.LOADER);
        PayloadCodec codec = new PayloadCodec(space, forms);
        codec.writeValue(value);
        return new PayloadCodec(space, forms).readValue(codec.take());
    }

    @Test
    void aValueIsSentAsItsFormAndMadeOfIt() throws PayloadException {
        Connection read = (Connection) travelled(List.of(CONNECTION), new Connection("a"));
        assertThat(read.url).isEqualTo("a");
    }

    @Test
    void itHoldsForWhatStandsInAnything() throws PayloadException {
        record InARecord(Connection connection) {}
        Connection one = new Connection("one");
        Object[] all = {
            List.of(one),
            new InARecord(one),
            new Connection[] {one},
            new Hashtable<>(Map.of(1, one)),
            Collections.unmodifiableList(new ArrayList<>(List.of(one))),
            Optional.of(one)
        };
        Object[] read = (Object[]) travelled(List.of(CONNECTION), all);
        Connection first = (Connection) ((List<?>) read[0]).get(0);
        assertThat(first.url).isEqualTo("one");
        assertThat(((InARecord) read[1]).connection).isSameAs(first);
        assertThat(((Connection[]) read[2])[0]).isSameAs(first);
        assertThat(((Hashtable<?, ?>) read[3]).get(1)).isSameAs(first);
        assertThat(((List<?>) read[4]).get(0)).isSameAs(first);
        assertThat(((Optional<?>) read[5]).get()).isSameAs(first);
    }

    @Test
    void theNearestTypeCounts() throws PayloadException {
        Form pooled = form(Pooled.class, connection -> connection.url, url -> new Pooled("pooled " + url));
        for (List<Form> forms : List.of(List.of(CONNECTION, pooled), List.of(pooled, CONNECTION))) {
            assertThat(((Connection) travelled(forms, new Pooled("a"))).url).isEqualTo("pooled a");
            assertThat(((Connection) travelled(forms, new Connection("a"))).url).isEqualTo("a");
        }
        assertThat(travelled(List.of(CONNECTION), new Pooled("a"))).isExactlyInstanceOf(Connection.class);
    }

    @Test
    void itGoesBeforeARefusal() throws PayloadException {
        Form pool = form(ExecutorService.class, executor -> "a pool", name -> Map.of("made of", name));
        assertThat(travelled(List.of(pool), List.of(ForkJoinPool.commonPool())))
                .isEqualTo(List.of(Map.of("made of", "a pool")));
    }

    @Test
    void itHoldsForLambdasAndThrowablesToo() throws PayloadException {
        Form runnables = form(Runnable.class, runnable -> "runnable", name -> name);
        Form failures = form(IllegalStateException.class, Throwable::getMessage, text -> "failed: " + text);
        Runnable lambda = () -> {};
        List<Object> read =
                (List<Object>) travelled(List.of(runnables, failures), List.of(lambda, new IllegalStateException("x")));
        assertThat(read).containsExactly("runnable", "failed: x");
    }

    @Test
    void itHoldsForAThrowableInAnother() throws PayloadException {
        Form failures = form(
                IllegalStateException.class,
                Throwable::getMessage,
                text -> new IllegalStateException("made of " + text));
        IllegalStateException shared = new IllegalStateException("x");
        RuntimeException thrown = new RuntimeException("top", shared);
        thrown.addSuppressed(shared);
        thrown.addSuppressed(new RuntimeException("plain", new IllegalStateException("y")));
        Throwable read = (Throwable) travelled(List.of(failures), thrown);
        assertThat(read).hasMessage("top").hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(read.getCause()).hasMessage("made of x").isSameAs(read.getSuppressed()[0]);
        assertThat(read.getSuppressed()[1]).hasMessage("plain");
        assertThat(read.getSuppressed()[1].getCause()).hasMessage("made of y");
    }

    @Test
    void whatAFormCannotSendIsTheFormsOnTheWay() {
        Form mapped = form(Connection.class, connection -> Map.of("thread", connection.thread), made -> made);
        assertThatThrownBy(() -> travelled(List.of(mapped), List.of(1, new Connection("a"))))
                .hasMessageStartingWith("List[1] → form of Connection → Map[\"thread\"] holds a java.lang.Thread");
        Form itself = form(Connection.class, connection -> connection.thread, made -> made);
        assertThatThrownBy(() -> travelled(List.of(itself), new Connection("a")))
                .hasMessageStartingWith("form of Connection holds a java.lang.Thread");
    }

    @Test
    void theFormMayHoldMoreThatHasAForm() throws PayloadException {
        Form lists = form(LinkedList.class, list -> list.toArray(), row -> List.of(row));
        LinkedList<Object> inner = new LinkedList<>(List.of(1));
        assertThat(travelled(List.of(lists), new LinkedList<>(List.of(inner, 2))))
                .isEqualTo(List.of(List.of(1), 2));
    }

    @Test
    void whatTheUsersFunctionThrowsIsToldWithThePlace() {
        Form failing = form(
                Connection.class,
                connection -> {
                    throw new IllegalStateException("closed");
                },
                made -> made);
        assertThatThrownBy(() -> travelled(List.of(failing), List.of(1, new Connection("a"))))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("List[1]")
                .hasMessageContaining("closed");
        Form failsToRead = form(Connection.class, connection -> 1, made -> {
            throw new IllegalStateException("no way back");
        });
        assertThatThrownBy(() -> travelled(List.of(failsToRead), new Connection("a")))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("no way back");
    }

    @Test
    void aFormOfTheSameTypeIsRefused() {
        Form same = form(Connection.class, connection -> connection, made -> made);
        Form other = form(Connection.class, connection -> new Pooled("x"), made -> made);
        for (Form each : List.of(same, other))
            assertThatThrownBy(() -> travelled(List.of(each), List.of(new Connection("a"))))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("List[0] holds")
                    .hasMessageContaining("which has the same serializer");
    }

    @Test
    void formsThatAreMadeOfEachOtherEndlesslyAreRefused() {
        Form connections = form(Connection.class, connection -> new StringBuilder("a"), made -> made);
        Form builders = form(StringBuilder.class, builder -> new Connection("a"), made -> made);
        assertThatThrownBy(() -> travelled(List.of(connections, builders), new Connection("a")))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("do serializers make each other's values?");
    }

    @Test
    void aCycleThroughAFormIsRefused() {
        Form all = form(Connection.class, connection -> List.of(1, connection), made -> made);
        assertThatThrownBy(() -> travelled(List.of(all), new Connection("a")))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("cycle");
    }

    @Test
    void whatAlwaysGoesAsItIsCannotHaveAForm() {
        Calling same = new Calling(value -> value);
        for (Class<?> type : List.of(Object.class, String.class, int.class, Long.class, int[].class, TimeUnit.class))
            assertThatThrownBy(() -> new Form(type, same, same))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("type=" + type.getTypeName());
    }

    @Test
    void theFormsThemselvesCanBeSent() throws PayloadException {
        PayloadLambdaTest.Fn<Object, Object> identity = value -> value;
        Form form = new Form(Connection.class, new Sent(identity), new Sent(identity));
        List<Form> read = Travel.travelled(List.of(form));
        assertThat(read.get(0).type()).isSameAs(Connection.class);
    }

    private record Sent(PayloadLambdaTest.Fn<Object, Object> called) implements Invocable {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public Object function() {
            return called;
        }

        @Override
        public Object invoke(Object[] arguments) {
            return called.apply(arguments[0]);
        }
    }
}
