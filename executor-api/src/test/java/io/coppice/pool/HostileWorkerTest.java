package io.coppice.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.WireException;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.CodecPool;
import io.coppice.wire.payload.PayloadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * What can a worker do to its pool after it was let in, whatever it sends? End it, as by any other death: every call has
 * one end, and nothing of the engine fails. {@code -Dcoppice.seeds=3000} for a long run.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(600)
class HostileWorkerTest {
    private static final int SEEDS = Integer.getInteger("coppice.seeds", 60);
    private static final int CALLS = 30;
    private static final Duration LONG =
            Duration.ofSeconds((long) (30 * Double.parseDouble(System.getProperty("coppice.delayFactor", "1"))));

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());
    private final CodecPool codecs = new CodecPool(ClassSpace.of(HostileWorkerTest.class.getClassLoader()));
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.coppice");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void hearNoMore() {
        logger.setAdditive(true);
        logger.detachAppender(logged);
    }

    /** Counts its ends; reads what it is answered, as a future's owner would. */
    private final class OnceSink implements CallSink {
        private final AtomicInteger ends = new AtomicInteger();

        @Override
        public boolean start() {
            return true;
        }

        @Override
        public void handedBack() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void answer(Items.Cursor outcome, Origin origin) {
            ends.incrementAndGet();
            read(outcome);
        }

        @Override
        public void lost(Loss loss) {
            ends.incrementAndGet();
        }

        @Override
        public void broken(Supplier<String> message, Fault fault) {
            ends.incrementAndGet();
            assertThat(message.get()).isNotEmpty();
        }

        @Override
        public void cancelByPool() {
            ends.incrementAndGet();
        }
    }

    /** A value or a reason, and nothing else, comes out of it. */
    private void read(Items.Cursor outcome) {
        try {
            codecs.read(outcome.outcomePayload());
        } catch (PayloadException lie) {
            assertThat(lie.getMessage()).isNotEmpty();
        }
    }

    /** Counts the ends of a chunk's items. */
    private final class OnceSeries implements SeriesSink {
        final int[] ends;
        private boolean isBroken;

        OnceSeries(int items) {
            ends = new int[items];
        }

        @Override
        public void answer(int firstItem, Items outcomes, Origin origin) {
            for (Items.Cursor outcome = outcomes.cursor(); outcome.next(); ) {
                ends[firstItem++]++;
                read(outcome);
            }
        }

        @Override
        public void lost(int item, Loss loss) {
            ends[item]++;
        }

        @Override
        public void broken(Supplier<String> message, Fault fault) {
            isBroken = true;
        }

        @Override
        public void cancelled(int firstItem, int count) {
            for (int i = 0; i < count; i++) ends[firstItem + i]++;
        }

        boolean hasEnded() {
            for (int each : ends) if (each > 1 || each == 0 && !isBroken) return false;
            return true;
        }
    }

    @Test
    void whateverItSaysEveryCallEndsOnceAndNothingOfTheEngineFails() throws Exception {
        try (FakeWorkers fakes = new FakeWorkers(folder)) {
            for (int i = 0; i < SEEDS; i++) {
                long each = seed + i;
                try {
                    onePool(fakes, new Random(each));
                } catch (Throwable failed) {
                    fail("seed=" + each, failed);
                }
            }
        }
        assertThat(logged.list)
                .as("seed=" + seed)
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.ERROR));
    }

    private void onePool(FakeWorkers fakes, Random random) throws Exception {
        Dispatcher dispatcher = new Dispatcher(fakes.settings("coppice-of-hostile-worker-test"), () -> {}, () -> false);
        List<OnceSink> sinks = new ArrayList<>();
        PoolFunction function = random.nextBoolean() ? Sample.quickFunction("function") : Sample.function("function");
        for (int i = 0; i < CALLS; i++) {
            OnceSink sink = new OnceSink();
            dispatcher.submit(new Call(function, Sample.item(i), sink));
            sinks.add(sink);
        }
        OnceSeries chunk = new OnceSeries(10);
        dispatcher.submit(Series.chunk(function, Sample.items(new int[10]), chunk));
        Frame.Birth birth = fakes.birth();
        SocketChannel channel = fakes.connect(birth);
        try {
            new FrameEncoder((bytes, offset, length, given) -> channel.write(ByteBuffer.wrap(bytes, offset, length)))
                    .encode(Handshake.hello(birth.token()));
            new HostileWorker(channel, random).run();
        } catch (IOException cutOff) {
            // as is due
        }
        fakes.die();
        dispatcher.forceShutdown("the test", false);
        assertThat(dispatcher.await(LONG)).isTrue();
        assertThat(sinks).allMatch(sink -> sink.ends.get() == 1);
        assertThat(chunk.hasEnded()).isTrue();
    }

    @Test
    void aTokenThatWasUsedOpensNothing() throws Exception {
        try (FakeWorkers fakes = new FakeWorkers(folder)) {
            Dispatcher dispatcher =
                    new Dispatcher(fakes.settings("coppice-of-hostile-worker-test"), () -> {}, () -> false);
            OnceSink sink = new OnceSink();
            dispatcher.submit(new Call(Sample.function("function"), Sample.item(1), sink));
            Frame.Birth birth = fakes.birth();
            try (SocketChannel worker = fakes.connect(birth);
                    SocketChannel other = fakes.connect(birth)) {
                say(worker, Handshake.hello(birth.token()));
                readFrame(worker); // WELCOME
                say(other, Handshake.hello(birth.token()));
                assertThat(other.read(ByteBuffer.allocate(1))).isNegative();
                assertThat(sink.ends.get()).isZero();
                say(worker, new Frame.Ready(Items.copyOf(Payload.of(new byte[2]))));
                readFrame(worker); // FUNCTION and CALL
                say(worker, new Frame.Answer(1, 0, Items.copyOf(Payload.of(new byte[2]))));
                dispatcher.shutdown(false);
                readFrame(worker);
                say(worker, new Frame.Goodbye());
            }
            fakes.die();
            assertThat(dispatcher.await(LONG)).isTrue();
            assertThat(sink.ends.get()).isEqualTo(1);
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains("turned away"))
                .hasSize(1);
    }

    private static void say(SocketChannel channel, Frame frame) throws IOException {
        new FrameEncoder((bytes, offset, length, given) -> channel.write(ByteBuffer.wrap(bytes, offset, length)))
                .encode(frame);
    }

    /** Reads on until the socket has nothing more to say for now. */
    private static void readFrame(SocketChannel channel) throws IOException, WireException {
        if (channel.read(ByteBuffer.allocate(1 << 16)) < 0) throw new IOException("ended");
    }
}
