package io.coppice.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.Handshake;
import io.coppice.wire.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can they do who come to the socket without a token? Be cut off, be counted, and keep nobody out. */
@Timeout(60)
class StrangersTest extends WireLoopFixture {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON =
            Duration.ofMillis((long) (300 * Double.parseDouble(System.getProperty("coppice.delayFactor", "1"))));

    private static final int MOST = 4;
    /** Several times as many as may be here at a time, and more than Netty accepts at once. */
    private static final int CROWD = 24;

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());

    private static Token otherToken() {
        byte[] other = new byte[64];
        other[0] = 1;
        return Token.of(other, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void aWorkerComesInBehindACrowdThatSaysNothing(String transport) {
        List<SocketChannel> crowd = new ArrayList<>();
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received, new Strangers.Patience(MOST, NEVER, SOON))) {
            CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                for (int i = 0; i < CROWD; i++) crowd.add(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
                try (SocketChannel ours = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                    ours.write(ByteBuffer.wrap(hello(TOKEN)));
                    read(ours);
                }
            });
            stepUntil(loop, () -> received.channel != null);
            received.channel().send(new Frame.Leave());
            received.channel().flush();
            stepUntil(loop, worker::isDone);
            worker.join();
        } finally {
            crowd.forEach(StrangersTest::close);
        }
        assertThat(received.turnedAway.get(0)).startsWith("no HELLO within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void whoComesByteByByteIsCutOffWhenItIsLate(String transport) {
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received, new Strangers.Patience(MOST, SOON, SOON))) {
            CompletableFuture<Void> stranger = worker(loop, (channel, out) -> {
                byte[] hello = hello(TOKEN);
                try {
                    for (int at = 0; at < hello.length - 1; at++) {
                        channel.write(ByteBuffer.wrap(hello, at, 1));
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
                } catch (IOException cutOff) {
                    // that is what is due
                } catch (InterruptedException impossible) {
                    throw new IllegalStateException(impossible);
                }
            });
            stepUntil(loop, stranger::isDone);
            stranger.join();
            stepUntil(loop, () -> !received.turnedAway.isEmpty());
        }
        assertThat(received.turnedAway).hasSize(1).allMatch(reason -> reason.startsWith("no HELLO within"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void tenThousandAreCountedAndNotToldOneByOne(String transport) {
        int count = 10_000;
        Random random = new Random(seed);
        try (WireLoop loop = loop(transport)) {
            try (WorkerListener listener = loop.listen(socket(), received)) {
                CompletableFuture<Void> strangers = CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < count; i++) {
                        byte[] bytes = i % 3 == 0 ? hello(otherToken()) : new byte[random.nextInt(100)];
                        if (i % 3 == 1) random.nextBytes(bytes);
                        connectAndSay(bytes);
                    }
                    inbox.add(() -> {});
                    loop.wakeup();
                });
                stepUntil(loop, strangers::isDone);
                strangers.join();
                CompletableFuture<Void> worker = worker(loop, (channel, out) -> {
                    out.encode(Handshake.hello(TOKEN));
                    read(channel);
                });
                stepUntil(loop, () -> received.channel != null); // who comes in is behind them
                received.channel().send(new Frame.Leave());
                received.channel().flush();
                stepUntil(loop, worker::isDone);
                worker.join();
                for (int i = 0; i < 100; i++) { // all that has come is read
                    loop.schedule(Duration.ZERO, () -> {});
                    loop.step();
                }
            }
        }
        assertThat(received.turnedAwayCount).as("seed=" + seed).isEqualTo(count);
        assertThat(received.turnedAway).hasSizeLessThan(20); // a few, and one for each ten seconds that it took
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "NIO", "EPOLL"})
    void aProcessOfAnotherUserIsCutOffEvenWithAToken(String transport) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder away");
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        try (WireLoop loop = loop(transport);
                WorkerListener listener = loop.listen(socket(), received)) {
            worker(loop, (channel, out) -> {
                out.encode(Handshake.hello(TOKEN));
                assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
            });
            stepUntil(loop, () -> !received.turnedAway.isEmpty());
        }
        assertThat(received.turnedAway).containsExactly("process of another user");
        assertThat(received.channel).isNull();
    }

    private void connectAndSay(byte[] bytes) {
        try (SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            stranger.write(ByteBuffer.wrap(bytes));
        } catch (IOException cutOff) {
            // while it spoke
        }
    }

    private static byte[] hello(Token token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new FrameEncoder((from, offset, length, given) -> bytes.write(from, offset, length))
                    .encode(Handshake.hello(token));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // that is what was wanted
        }
    }
}
