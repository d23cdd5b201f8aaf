package io.coppice.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Handshake;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that goes on on Netty's channels: nothing that is said before, meanwhile, or afterwards is lost. */
@Timeout(60)
class WireLoopMoveTest extends WireLoopFixture {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration NEVER = Duration.ofHours(1);

    private final CountDownLatch moved = new CountDownLatch(1);

    private WireLoop loop(Duration onPlainSockets) {
        return WireLoop.plainFirst(Thread.currentThread(), () -> !inbox.isEmpty(), onPlainSockets);
    }

    /** Netty is there from here on: a move takes one step. */
    @BeforeEach
    void nettyIsLoaded() {
        if (NettyLoading.begin(folder) == NettyLoading.State.DONE) return;
        try (WireLoop loop = loop(AT_ONCE);
                WorkerListener listener = loop.listen(socket(), received)) {
            stepUntil(loop, loop::isOnNetty);
        }
        assertThat(NettyLoading.state()).isEqualTo(NettyLoading.State.DONE);
    }

    private void move(WireLoop loop, CountDownLatch moved) {
        assertThat(loop.isOnNetty()).isFalse();
        loop.moveToNetty();
        stepUntil(loop, loop::isOnNetty);
        moved.countDown();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(50, TimeUnit.SECONDS)) throw new IOException("not in time");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The frames that come, as many as are expected, with the ids 1, 2, 3. */
    private static void readForgets(SocketChannel channel, int count) throws IOException {
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
        for (int expected = 1; expected <= count; ) {
            Frame frame = decoder.next(bytes);
            if (frame != null) assertThat(frame.id()).isEqualTo(expected++);
            else if (channel.read(bytes.clear()) >= 0) bytes.flip();
            else throw new IOException("ended before " + expected);
        }
    }

    @Test
    void aPoolThatLivesMovesByItself() {
        try (WireLoop loop = loop(AT_ONCE);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                readForgets(channel, 1);
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> received.channel != null && loop.isOnNetty());
            received.channel().send(new Frame.Forget(1));
            received.channel().flush();
            stepUntil(loop, () -> received.closed > 0);
            worker.join();
        }
        assertThat(received.frames).extracting(Frame::type).containsExactly(FrameType.GOODBYE);
        assertThat(received.closedBy).isNull();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void framesThatAreCutByTheMoveComeWhole() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        FrameEncoder encoder = new FrameEncoder((bytes, offset, length, given) -> sent.write(bytes, offset, length));
        encoder.encode(Handshake.hello(TOKEN));
        int hello = sent.size();
        for (int i = 0; i < 3; i++) encoder.encode(new Frame.Goodbye());
        byte[] bytes = sent.toByteArray();
        for (int cut = hello; cut < bytes.length; cut++) {
            int before = cut;
            CountDownLatch moved = new CountDownLatch(1);
            received.channel = null;
            received.frames.clear();
            int closed = received.closed;
            try (WireLoop loop = loop(NEVER);
                    WorkerListener listener = loop.listen(socket(), received)) {
                CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                    channel.write(ByteBuffer.wrap(bytes, 0, before));
                    await(moved);
                    channel.write(ByteBuffer.wrap(bytes, before, bytes.length - before));
                });
                stepUntil(loop, () -> received.channel != null);
                move(loop, moved);
                stepUntil(loop, () -> received.closed > closed);
                worker.join();
            }
            assertThat(received.frames).as("cut=" + cut).hasSize(3);
            assertThat(received.closedBy).isNull();
        }
    }

    @Test
    void whatIsOnItsWayIsSentFirst() {
        byte[] large = new byte[20 << 20];
        new Random(7).nextBytes(large);
        large[0] = 0;
        CountDownLatch reads = new CountDownLatch(1);
        try (WireLoop loop = loop(NEVER);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                await(reads);
                FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
                ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
                for (int expected = 1; expected <= 2; ) {
                    Frame frame = decoder.next(bytes);
                    if (frame != null) {
                        assertThat(((Frame.Function) frame).id()).isEqualTo(expected++);
                        assertThat(((Frame.Function) frame).function().equals(Payload.of(large)))
                                .isTrue();
                    } else if (channel.read(bytes.clear()) >= 0) bytes.flip();
                    else throw new IOException("ended");
                }
            });
            stepUntil(loop, () -> received.channel != null);
            received.channel().send(new Frame.Function(1, Payload.of(large)));
            received.channel().flush();
            loop.moveToNetty();
            for (int i = 0; i < 5; i++) {
                loop.schedule(Duration.ZERO, () -> {});
                loop.step();
            }
            assertThat(loop.isOnNetty()).isFalse();
            reads.countDown();
            stepUntil(loop, loop::isOnNetty);
            received.channel().send(new Frame.Function(2, Payload.of(large)));
            received.channel().flush();
            stepUntil(loop, worker::isDone);
            worker.join();
        }
    }

    @Test
    void whoeverConnectsAfterwardsIsLetInOrTurnedAwayAsBefore() {
        byte[] other = new byte[64];
        other[0] = 1;
        Token wrong = Token.of(other, 0);
        try (WireLoop loop = loop(NEVER);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> early = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                await(moved);
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> received.channel != null);
            move(loop, moved);
            stepUntil(loop, () -> received.closed == 1);
            early.join();
            CompletableFuture<Void> late = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> received.closed == 2);
            late.join();
            CompletableFuture<Void> stranger = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(wrong));
                assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
            });
            stepUntil(loop, () -> !received.turnedAway.isEmpty());
            stranger.join();
        }
        assertThat(received.frames).hasSize(2);
        assertThat(received.turnedAway).containsExactly("unknown token");
    }

    @Test
    void whoIsStillAStrangerMovesToo() {
        try (WireLoop loop = loop(NEVER);
                WorkerListener listener = loop.listen(socket(), received)) {
            CountDownLatch connected = new CountDownLatch(1);
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                connected.countDown();
                await(moved);
                out.encode(Handshake.hello(TOKEN));
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> {
                loop.schedule(Duration.ofMillis(1), () -> {});
                return connected.getCount() == 0;
            });
            loop.schedule(Duration.ofMillis(1), () -> {});
            loop.step();
            move(loop, moved);
            stepUntil(loop, () -> received.closed > 0);
            worker.join();
        }
        assertThat(received.frames).hasSize(1);
    }

    @Test
    void whoHasLeftBeforeTheMoveIsReadToTheEndAfterIt() {
        try (WireLoop loop = loop(NEVER);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                read(channel);
                out.encode(new Frame.Goodbye());
            });
            stepUntil(loop, () -> received.channel != null);
            received.channel().send(new Frame.Leave());
            received.channel().flush();
            worker.join(); // no step between: the goodbye and the end lie in the socket
            loop.moveToNetty();
            stepUntil(loop, () -> received.closed > 0);
            assertThat(loop.isOnNetty()).isTrue();
        }
        assertThat(received.frames).hasSize(1);
        assertThat(received.closedBy).isNull();
    }

    @Test
    void aConnectionClosedInTheSameStepIsToldItsEndOnce() {
        try (WireLoop loop = loop(NEVER);
                WorkerListener listener = loop.listen(socket(), received)) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
            });
            stepUntil(loop, () -> received.channel != null);
            loop.moveToNetty();
            received.channel().close();
            stepUntil(loop, () -> loop.isOnNetty() && received.closed > 0);
            worker.join();
        }
        assertThat(received.closed).isEqualTo(1);
    }

    @Test
    void aWakeupDuringTheMoveIsNotLost() {
        for (int i = 0; i < 200; i++) {
            try (WireLoop loop = loop(NEVER)) {
                loop.moveToNetty();
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
}
