package io.coppice.bench.contenders;

import io.coppice.bench.rounds.Contender;
import io.coppice.bench.rounds.Median;
import io.coppice.bench.rounds.Rounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A small message to a child JVM and back over a Unix domain socket of the JDK's, one thread at each end, nothing
 * encoded: the median time, in seconds. No call to another process can be faster this way.
 */
public final class RawPingPong implements Contender {
    private static final int MESSAGE = 32; // about what a tiny call is
    private static final int MOST_MESSAGES = 1_000_000;

    private final RawPeer peer = new RawPeer(Child.class);
    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    private final double[] times = new double[MOST_MESSAGES];

    /** Starts the child. */
    public RawPingPong() throws IOException {}

    /** Needs nothing. */
    public static void main(String[] args) throws Exception {
        Rounds.serve(new RawPingPong());
    }

    @Override
    public double[] round(double seconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int messages = 0;
        long before = System.nanoTime();
        while (before < end && messages < MOST_MESSAGES) {
            RawPeer.write(peer.channel, message.putLong(0, messages).clear());
            if (!RawPeer.read(peer.channel, message.clear())) throw new IOException("the child has ended");
            long after = System.nanoTime();
            times[messages++] = (after - before) / 1e9;
            before = after;
        }
        return new double[] {Median.of(Arrays.copyOf(times, messages))};
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }

    /** The other end. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
            try (SocketChannel channel = RawPeer.connect(args[0])) {
                while (RawPeer.read(channel, message.clear())) RawPeer.write(channel, message.flip());
            }
        }
    }
}
