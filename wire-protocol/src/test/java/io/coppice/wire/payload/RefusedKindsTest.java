package io.coppice.wire.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterReader;
import java.io.Serializable;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Map;
import java.util.concurrent.*;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which futures and executors are refused, and which may travel? */
@NullUnmarked
@SuppressWarnings("JdkObsolete") // goes by Java serialization
class RefusedKindsTest {
    interface SerializableExecutor extends Executor, Serializable {}

    static Stream<Future<?>> futures() {
        return Stream.of(
                new FutureTask<>(() -> 1),
                new CompletableFuture<>(),
                CompletableFuture.completedFuture(1),
                new Forked(), // Serializable, as all of its kind
                new OwnFuture(),
                new SerializableFuture());
    }

    @ParameterizedTest
    @MethodSource("futures")
    void aFutureIsRefusedWhateverItsClass(Future<?> future) {
        String what = "a java.util.concurrent.Future (" + future.getClass().getName() + "): pass its result instead";
        Travel.assertRefused(future).hasMessage("it is " + what);
        Travel.assertRefused(List.of(future)).hasMessage("List[0] holds " + what);
        Travel.assertRefused(new Hashtable<>(Map.of(1, future))).hasMessage("Map[1] holds " + what);
    }

    static Stream<Executor> executors() {
        return Stream.of(
                ForkJoinPool.commonPool(),
                new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()),
                Executors.unconfigurableExecutorService(ForkJoinPool.commonPool()),
                new ScheduledThreadPoolExecutor(0),
                new Direct(),
                new DirectRecord(1));
    }

    @ParameterizedTest(autoCloseArguments = false) // since 19 an executor waits in close() for its end
    @MethodSource("executors")
    void anExecutorThatIsNotSerializableIsRefused(Executor executor) {
        String what = "an executor (" + executor.getClass().getName() + "), which works only in the JVM that made it:"
                + " leave it out (a transient field is not sent)";
        Travel.assertRefused(executor).hasMessage("it is " + what);
        Travel.assertRefused(List.of(executor)).hasMessage("List[0] holds " + what);
        Travel.assertRefused(new Hashtable<>(Map.of(1, executor))).hasMessage("Map[1] holds " + what);
    }

    @Test
    void anExecutorThatSaysThatItIsSerializableTravels() throws PayloadException {
        SerializableExecutor lambda = Runnable::run;
        for (Executor executor : List.of(lambda, new SerializableDirect(), OnlyOne.DIRECT)) {
            boolean[] ran = {false};
            Travel.travelled(executor).execute(() -> ran[0] = true);
            assertThat(ran[0]).as(executor.getClass().getName()).isTrue();
        }
        assertThat(Travel.travelled(OnlyOne.DIRECT)).isSameAs(OnlyOne.DIRECT);
    }

    @Test
    void aSerializableSubclassOfAPoolOfTheJdkIsRefusedForTheFieldsItInherits() {
        Travel.assertRefused(new SerializablePool())
                .hasMessageContaining(
                        "which extends java.util.concurrent.ThreadPoolExecutor, which is not Serializable");
    }

    @Test
    void aFutureThatReplacesItselfIsSentAsItsReplacement() throws PayloadException {
        assertThat(Travel.<Object>read(Travel.written(new ReplacedFuture()))).isEqualTo("its result");
        assertThat(Travel.<Object>read(Travel.written(new Hashtable<>(Map.of(1, new ReplacedFuture())))))
                .isEqualTo(Map.of(1, "its result"));
    }

    @Test
    void theClassOfAFutureIsAValueLikeOthers() throws PayloadException {
        assertThat(Travel.travelled(FutureTask.class)).isSameAs(FutureTask.class);
        assertThat(Travel.travelled(new Hashtable<>(Map.of(1, Forked.class)))).containsEntry(1, Forked.class);
    }

    @Test
    void aDynamicProxyIsRefusedForItsHandler() {
        Runnable proxy = proxy(Runnable.class);
        Travel.assertRefused(proxy)
                .hasMessageStartingWith("handler of the proxy holds a lambda that is not serializable");
        Executor executor = proxy(Executor.class);
        String what = "an executor (" + executor.getClass().getName() + ")";
        Travel.assertRefused(executor).hasMessageStartingWith("it is " + what);
        Travel.assertRefused(new Hashtable<>(Map.of(1, executor))).hasMessageStartingWith("Map[1] holds " + what);
    }

    private static <T> T proxy(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(Travel.LOADER, new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    @Test
    void aUsersSubclassIsRefusedForTheClassOfTheJdk() {
        Travel.assertRefused(new OwnThread())
                .hasMessage("it is an " + OwnThread.class.getName() + extending(Thread.class));
        Travel.assertRefused(List.of(new OwnReader()))
                .hasMessage("List[0] holds an " + OwnReader.class.getName() + extending(FilterReader.class));
        Travel.assertRefused(new OwnTexts())
                .hasMessage("it is an " + OwnTexts.class.getName() + extending(ListResourceBundle.class));
    }

    private static String extending(Class<?> jdks) {
        return ", which extends " + jdks.getName() + ", which is not Serializable:"
                + " send what it is made from, or give it a serializer (WorkerContext.serializer)";
    }

    @Test
    void anArrayIsNamedAsInTheSource() {
        assertThat(Refusal.named(new OwnThread[0])).isEqualTo("an " + OwnThread.class.getTypeName() + "[]");
    }

    static final class Forked extends RecursiveTask<Integer> {
        @Override
        protected Integer compute() {
            return 1;
        }
    }

    static class OwnFuture implements Future<Object> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public Object get() {
            return 1;
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            return 1;
        }
    }

    static final class SerializableFuture extends OwnFuture implements Serializable {}

    static final class ReplacedFuture extends OwnFuture implements Serializable {
        private Object writeReplace() {
            return "its result";
        }
    }

    static final class Direct implements Executor {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    record DirectRecord(int number) implements Executor {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    static final class SerializableDirect implements SerializableExecutor {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    enum OnlyOne implements Executor {
        DIRECT {
            @Override
            public void execute(Runnable task) {
                task.run();
            }
        }
    }

    static final class SerializablePool extends ThreadPoolExecutor implements Serializable {
        SerializablePool() {
            super(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }
    }

    static final class OwnThread extends Thread {}

    static final class OwnReader extends FilterReader {
        OwnReader() {
            super(new StringReader(""));
        }
    }

    static final class OwnTexts extends ListResourceBundle {
        @Override
        protected Object[][] getContents() {
            return new Object[0][];
        }
    }
}
