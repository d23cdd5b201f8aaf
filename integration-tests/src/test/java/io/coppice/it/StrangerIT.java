package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.Future;
import io.coppice.ProcessPoolExecutor;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever connects to the private socket without a token is cut off, and the pool does not notice. */
@Timeout(120)
@ExtendWith(NothingLeftBehind.class)
class StrangerIT {
    @TempDir
    Path temporary;

    private static SocketChannel connect() throws IOException {
        String ours = "coppice-" + Calls.pid() + "-";
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            Path directory = all.filter(p -> p.getFileName().toString().startsWith(ours))
                    .findAny()
                    .orElseThrow();
            return SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("socket")));
        }
    }

    /** Whether the other side has closed; waits for it. */
    private static boolean isCutOff(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void garbageAndWrongTokensAreCutOff() throws Exception {
        try (var pool = new ProcessPoolExecutor(1)) {
            long pid = pool.submit(Calls::pid).result();
            Random random = new Random(11);
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[1 + random.nextInt(200)];
                random.nextBytes(garbage);
                try (SocketChannel stranger = connect()) {
                    stranger.write(ByteBuffer.wrap(garbage));
                    stranger.shutdownOutput();
                    assertThat(isCutOff(stranger)).isTrue();
                }
            }
            // A HELLO in the right form, with a token nobody was given.
            ByteBuffer hello = ByteBuffer.allocate(16 + 34);
            hello.put((byte) 0xC0)
                    .put((byte) 0x11)
                    .putShort((short) 0)
                    .putInt(34)
                    .putLong(0);
            hello.putShort((short) 1).put(new byte[32]).flip();
            try (SocketChannel stranger = connect()) {
                stranger.write(hello);
                assertThat(isCutOff(stranger)).isTrue();
            }
            assertThat(pool.submit(Calls::pid).result()).isEqualTo(pid);
        }
    }

    /** A FETCH of a class that every parent has, as a worker sends it. */
    private static byte[] fetch() {
        byte[] name = "java.lang.Object".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(16 + 5 + name.length)
                .put((byte) 0xC0)
                .put((byte) 0x15)
                .putShort((short) 0)
                .putInt(5 + name.length)
                .putLong(1)
                .put((byte) 1)
                .putInt(0)
                .put(name)
                .array();
    }

    @Test
    void nobodyWithoutATokenIsGivenAClass() throws Exception {
        try (LoggedEvents events = LoggedEvents.ofAllLevels();
                var pool = new ProcessPoolExecutor(1)) {
            pool.submit(Calls::pid).result();
            byte[] wrongToken = ByteBuffer.allocate(16 + 34)
                    .put((byte) 0xC0)
                    .put((byte) 0x11)
                    .putShort((short) 0)
                    .putInt(34)
                    .putLong(0)
                    .putShort((short) 1)
                    .array();
            for (byte[] introduction : new byte[][] {{}, wrongToken}) {
                try (SocketChannel stranger = connect()) {
                    stranger.write(ByteBuffer.wrap(introduction));
                    stranger.write(ByteBuffer.wrap(fetch()));
                    assertThat(isCutOff(stranger)).isTrue();
                } catch (IOException cutOffBetween) {
                    assertThat(introduction).isNotEmpty();
                }
            }
            assertThat(events.startingWith("asked for by a worker")).isEmpty();
        }
    }

    @Test
    void strangersThatSayNothingHoldUpNeitherCallsNorTheShutdown() throws Exception {
        SocketChannel silent;
        try (var pool = new ProcessPoolExecutor(1)) {
            pool.submit(Calls::pid).result();
            silent = connect();
            silent.write(ByteBuffer.wrap(new byte[] {(byte) 0xC0, 0x11}));
            for (int i = 0; i < 100; i++) pool.submit(Calls::pid).result();
        }
        try (silent) {
            assertThat(isCutOff(silent)).isTrue();
        }
    }

    /** More than the pool looks at at a time, silent, and thousands that say something wrong. */
    @Test
    void aFloodOfStrangersHarmsNoCallKeepsNoWorkerOutAndFillsNoLog() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (LoggedEvents events = new LoggedEvents();
                var pool = new ProcessPoolExecutor(2)) {
            pool.submit(Calls::pid).result();
            for (int i = 0; i < 5_000; i++) {
                try (SocketChannel stranger = connect()) {
                    stranger.write(
                            ByteBuffer.wrap(new byte[] {(byte) 0xC0, 0x11, 0, 1, 0, 0, 0, 34, 0, 0, 0, 0, 0, 0, 0, 0}));
                } catch (IOException cutOff) {
                    // while it spoke
                }
            }
            for (int i = 0; i < 290; i++) silent.add(connect()); // 256, and some that wait
            Latch release = Latch.in(temporary, "release");
            Latch started = Latch.in(temporary, "started");
            Future<Long> first = pool.submit(Calls::pidWhen, started, release);
            Future<Long> second = pool.submit(Calls::pid); // on a worker that comes in behind them
            long other = second.result(Delays.LONG);
            release.open();
            assertThat(first.result(Delays.LONG)).isNotEqualTo(other);
            assertThat(events.thatTell("turned away")).hasSizeBetween(1, 50);
        } finally {
            for (SocketChannel each : silent) each.close();
        }
    }
}
