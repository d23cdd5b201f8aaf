package io.coppice.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes of right samples others that are nearly right. */
final class Mutator {
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST = 1 << 16;

    /** Where lengths and counts go wrong. */
    private static final long[] EDGES = {
        -1,
        0,
        1,
        2,
        0x3F,
        0x40,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0xFFFF,
        1 << 20,
        1 << 30,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final List<byte[]> samples;

    Mutator(List<byte[]> samples) {
        this.samples = samples;
    }

    byte[] sample(SplittableRandom random) {
        return samples.get(random.nextInt(samples.size())).clone();
    }

    byte[] mutant(SplittableRandom random) {
        byte[] bytes = sample(random);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) bytes = changed(bytes, random);
        return bytes;
    }

    private byte[] changed(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) return new byte[] {(byte) random.nextInt()};
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> bytes[at] = (byte) edge(random);
            case 4 -> putEdge(bytes, at, random);
            case 5 -> {
                return putVarint(bytes, at, random);
            }
            case 6 -> { // a part is gone
                int to = at + random.nextInt(bytes.length - at + 1);
                return joined(Arrays.copyOf(bytes, at), bytes, to, bytes.length);
            }
            case 7 -> { // a part is there many times
                int to = Math.min(bytes.length, at + 1 + random.nextInt(16));
                byte[] repeated = bytes;
                for (int times = random.nextInt(random.nextInt(8) == 0 ? 500 : 3); times > 0; times--)
                    repeated = joined(Arrays.copyOf(repeated, to), repeated, at, repeated.length);
                return repeated;
            }
            default -> { // one's begin, another's end
                byte[] other = sample(random);
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                return joined(Arrays.copyOf(bytes, at), other, from, other.length);
            }
        }
        return bytes;
    }

    private static long edge(SplittableRandom random) {
        return EDGES[random.nextInt(EDGES.length)];
    }

    /** Big-endian, as numbers in frames are. */
    private static void putEdge(byte[] bytes, int at, SplittableRandom random) {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        if (random.nextInt(3) > 0 && at + Integer.BYTES <= bytes.length) view.putInt(at, (int) edge(random));
        else if (at + Long.BYTES <= bytes.length) view.putLong(at, edge(random));
    }

    /** In place of one byte, as numbers in payloads are. */
    private static byte[] putVarint(byte[] bytes, int at, SplittableRandom random) {
        ByteBuffer varint = ByteBuffer.allocate(10);
        long left = edge(random);
        for (; (left & ~0x7FL) != 0 && varint.remaining() > 1; left >>>= 7) varint.put((byte) (0x80 | left & 0x7F));
        varint.put((byte) (left & 0x7F));
        byte[] begin = joined(Arrays.copyOf(bytes, at), varint.array(), 0, varint.position());
        return joined(begin, bytes, at + 1, bytes.length);
    }

    private static byte[] joined(byte[] begin, byte[] end, int from, int to) {
        int length = Math.min(LONGEST, begin.length + to - from);
        byte[] joined = Arrays.copyOf(begin, length);
        if (length > begin.length) System.arraycopy(end, from, joined, begin.length, length - begin.length);
        return joined;
    }
}
