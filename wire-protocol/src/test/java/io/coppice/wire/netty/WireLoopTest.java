package io.coppice.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loop does is the same on the JDK's sockets and on Netty's. */
@Timeout(60)
class WireLoopTest extends WireLoopFixture {
    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void framesOfAnySizeComeWholeAndInOrder(String transport) {
        byte[] large = new byte[40 << 20];
        new Random(7).nextBytes(large);
        large[0] = 0; // a value
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                out.encode(
                        new Frame.Fetch(1, new io.coppice.wire.CodeName(io.coppice.wire.CodeName.Kind.CLASS, 0, "a")));
                Frame.Function function = (Frame.Function) read(channel);
                assertThat(Arrays.equals(function.function().toArray(), large)).isTrue();
                out.encode(new Frame.Answer(1, 2, Items.copyOf(Payload.of(new byte[1]), function.function())));
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> received.channel != null);
            received.channel().send(new Frame.Function(1, Payload.of(large)));
            received.channel().flush();
            stepUntil(loop, () -> received.closed > 0);
            worker.join();
        }
        assertThat(received.closed).isEqualTo(1);
        assertThat(received.closedBy).isNull();
        assertThat(received.frames)
                .extracting(Frame::type)
                .containsExactly(FrameType.FETCH, FrameType.ANSWER, FrameType.GOODBYE);
        Payload echo = ((Frame.Answer) received.frames.get(1)).outcomes().region();
        assertThat(echo.length()).isEqualTo(large.length + 1 + 2 * Items.lengthBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void largeArraysGoInPiecesWhereverTheyAreCut(String transport) {
        double[] array = new Random(8).doubles(1_000_000).toArray();
        Payload tailed = Payload.of(new byte[] {1, 2, 3}, 0, 3, array);
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
                ByteBuffer bytes = ByteBuffer.allocate(10_007).flip();
                for (int expected = 1; expected <= 3; ) {
                    Frame frame = decoder.next(bytes);
                    if (frame instanceof Frame.Function function) {
                        assertThat(function.id()).isEqualTo(expected++);
                        assertThat(function.function().equals(tailed)).isTrue();
                    } else if (channel.read(bytes.clear()) >= 0) bytes.flip();
                    else throw new IOException("ended before " + expected);
                }
            });
            stepUntil(loop, () -> received.channel != null);
            for (int id = 1; id <= 3; id++) received.channel().send(new Frame.Function(id, tailed));
            received.channel().flush();
            stepUntil(loop, worker::isDone);
            worker.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void manySmallFramesGoOutWithOneFlush(String transport) {
        int count = 100_000;
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
                ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
                for (int expected = 1; expected <= count; ) {
                    Frame frame = decoder.next(bytes);
                    if (frame != null) assertThat(frame.id()).isEqualTo(expected++);
                    else if (channel.read(bytes.clear()) >= 0) bytes.flip();
                    else throw new IOException("ended before " + expected);
                }
            });
            stepUntil(loop, () -> received.channel != null);
            for (int i = 1; i <= count; i++) received.channel().send(new Frame.Forget(i));
            received.channel().flush();
            stepUntil(loop, worker::isDone);
            worker.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void aConnectionThatIsClosedHereEndsOnceAndNotInsideOfTheCall(String transport) {
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
            });
            stepUntil(loop, () -> received.channel != null);
            IOException cause = new IOException("enough");
            if (transport.equals("JDK")) {
                received.channel().fail(cause);
                assertThat(received.closed).isZero();
            } else {
                received.channel().fail(cause);
            }
            received.channel().fail(new IOException("again"));
            received.channel().send(new Frame.Leave());
            received.channel().flush();
            stepUntil(loop, () -> received.closed > 0);
            worker.join();
            assertThat(received.closed).isEqualTo(1);
            assertThat(received.closedBy).isSameAs(cause);
        }
        assertThat(received.closed).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void whatIsOpenWhenTheLoopIsClosedIsToldItsEnd(String transport) {
        CompletableFuture<Void> worker;
        try (WireLoop loop = loop(transport)) {
            WorkerListener listener = loop.listen(socket(), received);
            worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
            });
            stepUntil(loop, () -> received.channel != null);
            listener.close();
        }
        worker.join();
        assertThat(received.closed).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void whatWasSentBeforeAnEndIsReadBeforeIt(String transport) {
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                for (int i = 1; i <= 20; i++)
                    out.encode(new Frame.Answer(i, 0, Items.copyOf(Payload.of(new byte[2_000]))));
            });
            worker.join();
            // Nobody reads there any more: what is sent fails, and does not close what is still to be read.
            stepUntil(loop, () -> received.channel != null);
            received.channel().send(new Frame.Forget(1));
            received.channel().flush();
            stepUntil(loop, () -> received.closed > 0);
        }
        assertThat(received.frames).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void aStrangerIsTurnedAway(String transport) {
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            byte[] other = new byte[64];
            other[0] = 1;
            Token wrong = Token.of(other, 0);
            worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(wrong));
                assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
            });
            stepUntil(loop, () -> !received.turnedAway.isEmpty());
            worker(loop, (channel, out) -> out.encode(new Frame.Goodbye()));
            stepUntil(loop, () -> received.turnedAway.size() > 1);
        }
        assertThat(received.turnedAway.get(0)).isEqualTo("unknown token");
        assertThat(received.channel).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void aWakeupThatComesBeforeTheWaitIsNotLost(String transport) {
        try (WireLoop loop = loop(transport)) {
            for (int i = 0; i < 2_000; i++) {
                CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                    inbox.add(() -> {});
                    loop.wakeup();
                });
                while (inbox.isEmpty()) loop.step(); // without a timer: a lost wakeup would wait for an hour
                inbox.clear();
                other.join();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void timersRunInTheirOrderAndWhatTheyThrowIsThrownByTheStep(String transport) {
        List<Integer> ran = new ArrayList<>();
        try (WireLoop loop = loop(transport)) {
            loop.schedule(Duration.ofMillis(6), () -> ran.add(3));
            loop.schedule(Duration.ofMillis(3), () -> ran.add(1));
            loop.schedule(Duration.ofMillis(3), () -> ran.add(2));
            loop.schedule(Duration.ZERO, () -> {
                throw new IllegalArgumentException("of a timer");
            });
            assertThatIllegalStateException()
                    .isThrownBy(loop::step)
                    .withCauseInstanceOf(IllegalArgumentException.class);
            stepUntil(loop, () -> ran.size() == 3);
        }
        assertThat(ran).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void whatAnEventThrowsIsThrownByTheStep(String transport) {
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            received.bug = new IllegalArgumentException("of an event");
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                out.encode(new Frame.Goodbye());
            });
            assertThatIllegalStateException()
                    .isThrownBy(() -> stepUntil(loop, () -> received.closed > 0))
                    .withCauseInstanceOf(IllegalArgumentException.class);
            worker.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void anInterruptHarmsNothing(String transport) {
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                read(channel);
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> received.channel != null);
            Thread.currentThread().interrupt();
            loop.schedule(Duration.ZERO, () -> {});
            loop.step();
            received.channel().send(new Frame.Leave());
            received.channel().flush();
            stepUntil(loop, () -> received.closed > 0);
            worker.join();
        } finally {
            Thread.interrupted();
        }
        assertThat(received.frames).hasSize(1);
    }
}
