package io.coppice.wire.netty;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Token;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** A loop, whose owner is the test's thread, and workers that connect to it. */
abstract class WireLoopFixture {
    static final Token TOKEN = Token.of(new byte[64], 0);

    @TempDir
    Path folder;

    final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    final Received received = new Received();

    /** What comes from the worker that is let in; and who was not. */
    static final class Received implements WorkerChannel.Events, WorkerListener.Admission {
        final List<Frame> frames = new ArrayList<>();
        final List<String> turnedAway = new ArrayList<>();
        int turnedAwayCount;
        int closed;

        @Nullable
        Throwable closedBy;

        @Nullable
        WorkerChannel channel;

        @Nullable
        RuntimeException bug;

        WorkerChannel channel() {
            return Objects.requireNonNull(channel);
        }

        @Override
        public void received(Frame frame) {
            frames.add(frame);
            RuntimeException bug = this.bug;
            this.bug = null;
            if (bug != null) throw bug;
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            closed++;
            closedBy = cause;
        }

        @Override
        public WorkerChannel.@Nullable Events admit(Frame.Hello hello, WorkerChannel channel) {
            if (!hello.token().equals(TOKEN)) return null;
            this.channel = channel;
            return this;
        }

        @Override
        public void turnedAway(String reason, int count) {
            turnedAway.add(reason);
            turnedAwayCount += count;
        }

        @Override
        public boolean isOfInterest() {
            return true;
        }
    }

    static WireLoop loop(String transport, BooleanSupplier hasWork) {
        String before = System.getProperty("coppice.transport");
        System.setProperty("coppice.transport", transport);
        try {
            return new WireLoop(Thread.currentThread(), hasWork);
        } finally {
            if (before == null) System.clearProperty("coppice.transport");
            else System.setProperty("coppice.transport", before);
        }
    }

    WireLoop loop(String transport) {
        return loop(transport, () -> !inbox.isEmpty());
    }

    Path socket() {
        return folder.resolve("socket");
    }

    /** As a dispatcher does it. */
    void stepUntil(WireLoop loop, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            loop.step();
            for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) task.run();
        }
    }

    /** The other side, on a thread of its own; what it fails with fails the test. */
    CompletableFuture<Void> worker(WireLoop loop, Worker body) {
        CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                body.run(channel, new FrameEncoder((bytes, offset, length, given) -> {
                    for (ByteBuffer left = ByteBuffer.wrap(bytes, offset, length); left.hasRemaining(); )
                        channel.write(left);
                }));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        worker.whenComplete((done, failure) -> {
            inbox.add(() -> {});
            loop.wakeup();
        });
        return worker;
    }

    interface Worker {
        void run(SocketChannel channel, FrameEncoder out) throws IOException;
    }

    static Frame read(SocketChannel channel) throws IOException {
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (true) {
            if (channel.read(bytes.clear()) < 0) throw new IOException("ended");
            Frame frame = decoder.next(bytes.flip());
            if (frame != null) return frame;
        }
    }
}
