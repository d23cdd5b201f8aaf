package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.code.CodeServer;
import io.coppice.code.ParentClasses;
import io.coppice.launch.LaunchSettings;
import io.coppice.launch.OutputTarget;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose one thread cannot be started: nothing of it hangs. */
@Timeout(60)
class DispatcherTest {
    private static final PoolSettings SETTINGS = new PoolSettings(
            "coppice-of-dispatcher-test",
            1,
            Integer.MAX_VALUE,
            DeathPolicy.BREAK_POOL,
            0,
            Long.MAX_VALUE,
            new LaunchSettings(
                    Path.of("no-java-is-started"), List.of(), Map.of(), null, OutputTarget.NOWHERE, false, 0),
            Items.NONE,
            new CodeServer(new ParentClasses(DispatcherTest.class.getClassLoader())),
            DispatcherTest.class,
            (outcome, origin) -> new AssertionError("no initializer"));

    /** A sink that nothing may be told: its call was never taken. */
    private static final CallSink NOT_TAKEN = new CallSink() {
        @Override
        public boolean start() {
            throw new AssertionError();
        }

        @Override
        public boolean isCancelled() {
            throw new AssertionError();
        }

        @Override
        public void handedBack() {
            throw new AssertionError();
        }

        @Override
        public void answer(Items.Cursor outcome, Origin origin) {
            throw new AssertionError();
        }

        @Override
        public void lost(Loss loss) {
            throw new AssertionError();
        }

        @Override
        public void broken(Supplier<String> message, Fault fault) {
            throw new AssertionError();
        }

        @Override
        public void cancelByPool() {
            throw new AssertionError();
        }
    };

    private static Call call() {
        return new Call(
                PoolFunction.once(Payload.of(new byte[0]), () -> "call", Runnable.class, 0, new Pace(), null),
                new byte[0],
                NOT_TAKEN);
    }

    private static void assertBreaks(ThreadFactory threads) throws Exception {
        AtomicInteger ended = new AtomicInteger();
        Dispatcher dispatcher = new Dispatcher(SETTINGS, ended::incrementAndGet, () -> false, threads);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> dispatcher.submit(call()))
                    .isInstanceOf(PoolBroken.class)
                    .hasMessageContaining("the dispatcher's thread could not be started")
                    .hasMessageContaining("no more threads")
                    .hasCauseInstanceOf(OutOfMemoryError.class);
        }
        assertThat(ended.get()).isPositive();
        assertThat(dispatcher.isShutdown()).isTrue();
        assertThat(dispatcher.hasEnded()).isTrue();
        assertThat(dispatcher.await(Duration.ZERO)).isTrue();
        dispatcher.shutdown(true);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(SETTINGS.name()));
    }

    @Test
    @Tag("P19")
    void aThreadThatCannotBeMadeOrStartedBreaksThePoolAndHangsNothing() throws Exception {
        assertBreaks(task -> {
            throw new OutOfMemoryError("no more threads");
        });
        assertBreaks(task -> new Thread(task) {
            @Override
            public void start() {
                throw new OutOfMemoryError("no more threads");
            }
        });
    }
}
