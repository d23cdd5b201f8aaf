package io.coppice.bench;

import io.coppice.ProcessPoolExecutor;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An array of doubles there and back: {@code submit(...).get()} against the least that two JVMs could do, a Unix socket
 * of the JDK's and pieces of 256 KB through direct buffers. Both make a new array at each end. They take turns, and the
 * medians are compared.
 */
final class BulkEcho {
    private static final int PIECE_BYTES = 256 << 10;

    private BulkEcho() {}

    static double[] echo(double[] array) {
        return array;
    }

    /** One end of the plain socket. */
    private static final class Plain {
        private final SocketChannel channel;
        private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.nativeOrder());

        Plain(SocketChannel channel) {
            this.channel = channel;
        }

        void send(double[] array) throws IOException {
            piece.clear().putInt(array.length).flip();
            writePiece();
            for (int from = 0; from < array.length; ) {
                DoubleBuffer view = piece.clear().asDoubleBuffer();
                int count = Math.min(view.remaining(), array.length - from);
                view.put(array, from, count);
                piece.limit(count * Double.BYTES);
                writePiece();
                from += count;
            }
        }

        private void writePiece() throws IOException {
            while (piece.hasRemaining()) channel.write(piece);
        }

        double[] receive() throws IOException {
            readPiece(Integer.BYTES);
            double[] array = new double[piece.getInt()];
            for (int from = 0; from < array.length; ) {
                int count = Math.min(PIECE_BYTES / Double.BYTES, array.length - from);
                readPiece(count * Double.BYTES);
                piece.asDoubleBuffer().get(array, from, count);
                from += count;
            }
            return array;
        }

        private void readPiece(int bytes) throws IOException {
            piece.clear().limit(bytes);
            while (piece.hasRemaining()) if (channel.read(piece) < 0) throw new EOFException();
            piece.flip();
        }
    }

    /** One way of echoing an array. */
    private interface Contender {
        double[] echo(double[] array) throws Exception;
    }

    /**
     * Prints a table: megabytes of the array, median milliseconds of both, their ratio.
     *
     * @param arguments how often, and the sizes in megabytes
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("plain-child")) {
            serve(Path.of(arguments[1]));
            return;
        }
        List<String> given = arguments.length == 0 ? List.of("15", "8", "100") : List.of(arguments);
        int rounds = Integer.parseInt(given.get(0));
        Path directory = Files.createTempDirectory("bulk-echo");
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            BulkEcho.class.getName(),
                            "plain-child",
                            socket.toString())
                    .inheritIO()
                    .start();
            try (SocketChannel channel = server.accept();
                    ProcessPoolExecutor pool = new ProcessPoolExecutor(1)) {
                Plain plain = new Plain(channel);
                Contender raw = array -> {
                    plain.send(array);
                    return plain.receive();
                };
                Contender ours = array -> pool.submit(BulkEcho::echo, array).get();
                System.out.println("  MB   plain ms   pool ms   pool GB/s   pool/plain throughput");
                for (String size : given.subList(1, given.size())) compare(Integer.parseInt(size), rounds, raw, ours);
            } finally {
                child.destroy();
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    private static void serve(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Plain plain = new Plain(channel);
            while (true) plain.send(plain.receive());
        } catch (EOFException parentHasEnded) {
            // so does this
        }
    }

    private static void compare(int megabytes, int rounds, Contender plain, Contender pool) throws Exception {
        double[] array = new double[megabytes * 1_000_000 / Double.BYTES];
        Arrays.setAll(array, i -> i / 7.0);
        int warmup = Math.max(3, 400 / megabytes);
        for (int i = 0; i < warmup; i++) {
            millis(plain, array);
            millis(pool, array);
        }
        double[] ofPlain = new double[rounds];
        double[] ofPool = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ofPlain[i] = millis(plain, array);
            ofPool[i] = millis(pool, array);
        }
        double plainMillis = median(ofPlain);
        double poolMillis = median(ofPool);
        System.out.printf(
                "%4d %10.2f %9.2f %11.2f %12.2f%n",
                megabytes, plainMillis, poolMillis, megabytes / poolMillis, plainMillis / poolMillis);
    }

    private static double millis(Contender contender, double[] array) throws Exception {
        long start = System.nanoTime();
        double[] back = contender.echo(array);
        double millis = (System.nanoTime() - start) / 1e6;
        int last = array.length - 1;
        if (back.length != array.length || back[last] != array[last] || back[last / 2] != array[last / 2])
            throw new AssertionError("another array came back");
        return millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
