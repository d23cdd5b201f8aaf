package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import io.coppice.WorkerContext;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's own way of sending a type. */
@Tag("jdk")
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class SerializerIT {
    /** Holds what no serialization can bring over: a thread. */
    static class Model {
        final String name;
        final Thread owner = Thread.currentThread();
        final ReentrantLock lock = new ReentrantLock();

        Model(String name) {
            this.name = name;
        }

        static Model named(String name) {
            if (name.isEmpty()) throw new IllegalStateException("a model without a name");
            return new Model(name);
        }

        String name() {
            if (name.equals("secret")) throw new IllegalStateException("not to be told");
            return name;
        }
    }

    static final class Larger extends Model {
        Larger(String name) {
            super(name);
        }
    }

    record Pair(Model first, List<Model> more) {}

    private static WorkerContext byName() {
        return WorkerContext.spawn().serializer(Model.class, Model::name, Model::named);
    }

    private static ProcessPoolExecutor pool(WorkerContext context) {
        return ProcessPoolExecutor.builder().maxWorkers(1).context(context).build();
    }

    @Test
    void withoutASerializerTheTypeIsRefused() {
        try (var pool = new ProcessPoolExecutor(1)) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, new Model("a")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Model.owner");
        }
    }

    @Test
    void aValueGoesThereAndBackInItsForm() throws Exception {
        try (var pool = pool(byName())) {
            assertThat(pool.submit(Calls::echo, new Model("a")).result().name).isEqualTo("a");
        }
    }

    @Test
    void insideOfOtherValuesToo() throws Exception {
        try (var pool = pool(byName())) {
            Model shared = new Model("s");
            Pair pair = pool.submit(Calls::echo, new Pair(shared, List.of(shared, new Model("b"))))
                    .result();
            assertThat(pair.more().get(0)).isSameAs(pair.first());
            assertThat(pair.more().get(1).name).isEqualTo("b");
            Model captured = new Model("captured");
            assertThat(pool.submit(() -> captured.name).result()).isEqualTo("captured");
        }
    }

    @Test
    void aLoggerIsTheOneOfThatNameThere() throws Exception {
        Logger log = Logger.getLogger("com.acme.jobs");
        var byName = WorkerContext.spawn().serializer(Logger.class, Logger::getName, Logger::getLogger);
        try (var pool = pool(byName)) {
            assertThat(pool.submit(() -> log == Logger.getLogger("com.acme.jobs"))
                            .result())
                    .isTrue();
            assertThat(pool.submit(Calls::echo, log).result()).isSameAs(log);
        }
    }

    @Test
    void aSerializersFunctionsMayCaptureWhatCanBeSent() throws Exception {
        String prefix = "captured ";
        var context = WorkerContext.spawn().serializer(Model.class, Model::name, name -> new Model(prefix + name));
        try (var pool = pool(context)) {
            Model model = new Model("a");
            assertThat(pool.submit(() -> model.name).result()).isEqualTo("captured a");
        }
    }

    @Test
    void inInitializersToo() throws Exception {
        try (var pool = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .context(byName())
                .initializer(
                        model -> {
                            System.setProperty("model", model.name);
                            return null;
                        },
                        new Model("of the initializer"))
                .build()) {
            assertThat(pool.submit(() -> System.getProperty("model")).result()).isEqualTo("of the initializer");
        }
    }

    @Test
    void aSubtypeHasItsNearestTypesForm() throws Exception {
        WorkerContext both = byName().serializer(Larger.class, larger -> larger.name, name -> new Larger(name + "!"));
        try (var pool = pool(both)) {
            assertThat(pool.submit(Calls::echo, (Model) new Larger("l")).result())
                    .isInstanceOf(Larger.class)
                    .extracting(model -> model.name)
                    .isEqualTo("l!!");
        }
        try (var pool = pool(byName())) {
            assertThat(pool.submit(Calls::echo, (Model) new Larger("l"))
                            .result()
                            .getClass())
                    .isSameAs(Model.class);
        }
    }

    @Test
    void itGoesBeforeWhatWouldBeRefused() throws Exception {
        WorkerContext context = WorkerContext.spawn().serializer(Ticket.class, Ticket::join, Ticket::of);
        try (var pool = pool(context)) {
            assertThat(pool.submit(Ticket::join, Ticket.of("done")).result()).isEqualTo("done");
        }
    }

    /** Refused without a serializer, as all futures are. */
    static final class Ticket extends CompletableFuture<String> {
        static Ticket of(String text) {
            Ticket ticket = new Ticket();
            ticket.complete(text);
            return ticket;
        }
    }

    @Test
    void oneThatThrowsCostsItsCallOnly() throws Exception {
        try (var pool = pool(byName())) {
            assertThatThrownBy(() -> pool.submit(Calls::echo, new Pair(new Model("secret"), List.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("argument 1")
                    .hasMessageContaining("Pair.first")
                    .hasMessageContaining("not to be told");
            Future<Model> unreadable = pool.submit(Calls::echo, new Model(""));
            assertThat(catchThrowable(unreadable::result))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("call cannot be read in the worker")
                    .hasMessageContaining("a model without a name");
            Future<Model> unsendable = pool.submit(() -> new Model("secret"));
            assertThat(catchThrowable(unsendable::result))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("result of a call cannot be sent back")
                    .hasMessageContaining("not to be told");
            Future<Model> unreadableHere = pool.submit(() -> new Model(""));
            assertThat(catchThrowable(unreadableHere::result))
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("result of a call cannot be read here")
                    .hasMessageContaining("a model without a name");
            assertThat(pool.submit(Calls::echo, new Model("a")).result().name).isEqualTo("a");
        }
    }

    @Test
    void oneThatCannotBeSentItselfIsRefusedWhenThePoolIsMade() {
        Thread captured = Thread.currentThread();
        WorkerContext context =
                WorkerContext.spawn().serializer(Model.class, model -> model.name + captured.getName(), Model::named);
        assertThatThrownBy(() -> pool(context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("serializers cannot be sent to a worker")
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void typesThatAlwaysGoAsTheyAreAreRefused() {
        for (Class<?> type : List.of(Object.class, String.class, int[].class, Thread.State.class, Integer.class))
            assertThatThrownBy(() -> WorkerContext.spawn().serializer(type, Object::toString, text -> null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(type.getTypeName());
    }
}
