package io.coppice.bench.contenders;

import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Rounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A {@code double[]} to a child JVM and back over a Unix domain socket, in direct buffers of 256 KB, into a new array
 * at each end, which is made when its length has come: bytes a second, there and back counted once each.
 */
public final class RawBulk implements Contender {
    private static final int PIECE = 256 << 10;

    private final RawPeer peer;
    private final ByteBuffer piece = newPiece();
    private final double[] values;

    /**
     * Starts the child.
     *
     * @param length of the array
     */
    public RawBulk(int length) throws IOException {
        values = Bulk.values(length);
        peer = new RawPeer(Child.class);
    }

    /** {@code LENGTH}. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new RawBulk(Integer.parseInt(args[0])));
    }

    @Override
    public double[] round(double seconds) throws Exception {
        long start = System.nanoTime();
        int echoes = 0;
        double passed;
        do {
            write(peer.channel, piece, values);
            double[] back = read(peer.channel, piece);
            if (back == null) throw new IOException("the child has ended");
            Bulk.check(values, back);
            echoes++;
            passed = (System.nanoTime() - start) / 1e9;
        } while (passed < seconds);
        return new double[] {2.0 * Double.BYTES * values.length * echoes / passed};
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }

    private static ByteBuffer newPiece() {
        return ByteBuffer.allocateDirect(PIECE).order(ByteOrder.nativeOrder());
    }

    private static void write(SocketChannel channel, ByteBuffer piece, double[] values) throws IOException {
        RawPeer.write(channel, piece.clear().putInt(values.length).flip());
        for (int at = 0, length; at < values.length; at += length) {
            length = Math.min(PIECE / Double.BYTES, values.length - at);
            piece.clear().asDoubleBuffer().put(values, at, length);
            RawPeer.write(channel, piece.limit(length * Double.BYTES));
        }
    }

    /** Null at the end of the stream. */
    private static double @Nullable [] read(SocketChannel channel, ByteBuffer piece) throws IOException {
        if (!RawPeer.read(channel, piece.clear().limit(Integer.BYTES))) return null;
        double[] values = new double[piece.flip().getInt()];
        for (int at = 0, length; at < values.length; at += length) {
            length = Math.min(PIECE / Double.BYTES, values.length - at);
            if (!RawPeer.read(channel, piece.clear().limit(length * Double.BYTES))) return null;
            piece.flip().asDoubleBuffer().get(values, at, length);
        }
        return values;
    }

    /** The other end. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            ByteBuffer piece = newPiece();
            try (SocketChannel channel = RawPeer.connect(args[0])) {
                for (double[] values = read(channel, piece); values != null; values = read(channel, piece))
                    write(channel, piece, values);
            }
        }
    }
}
