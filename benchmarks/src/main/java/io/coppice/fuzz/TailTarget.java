package io.coppice.fuzz;

import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Payload;
import io.coppice.wire.WireException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Large frames that end in an array, or say so; of most of them only the begin ever comes. */
final class TailTarget implements Target {
    private static final int BEFORE_ITEMS = 12; // in ANSWER: a count and a time
    private static final int MOST_BYTES = 40 << 10;
    private static final byte DOUBLES = 14; // the tag of a double[]

    @Override
    public byte[] input(SplittableRandom random) {
        return random.nextInt(50) == 0 ? whole(random) : begin(random);
    }

    private static byte[] whole(SplittableRandom random) {
        int elements = (Payload.TAIL_BYTES >> 3) + random.nextInt(8);
        int length = BEFORE_ITEMS + 4 + 2 + 3 + 8 * elements; // three bytes tell how many
        ByteBuffer bytes = ByteBuffer.allocate(16 + length);
        header(bytes, length);
        bytes.putInt(1)
                .putLong(0)
                .putInt(length - BEFORE_ITEMS - 4)
                .put((byte) 0)
                .put(DOUBLES);
        putVarint(bytes, elements);
        return bytes.array();
    }

    private static byte[] begin(SplittableRandom random) {
        int claimed = claim(random);
        int came = random.nextInt(random.nextInt(20) == 0 ? MOST_BYTES : 200);
        ByteBuffer bytes = ByteBuffer.allocate(16 + 64 + came);
        header(bytes, claimed);
        bytes.putInt(1 + random.nextInt(2)).putLong(0); // items, and their time
        bytes.putInt(claimed - BEFORE_ITEMS - 4 + (random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0));
        bytes.put((byte) random.nextInt(4)).put((byte) (8 + random.nextInt(14))); // how it ended, a tag
        int elementBytes = 1 << random.nextInt(4);
        putVarint(bytes, Math.max(0, claimed - BEFORE_ITEMS - 6 - 3 + random.nextInt(3) - 1) / elementBytes);
        while (bytes.hasRemaining() && bytes.position() < 200) bytes.put((byte) random.nextInt());
        return bytes.array();
    }

    private static void header(ByteBuffer bytes, int length) {
        bytes.put((byte) 0xC0)
                .put((byte) 0x13)
                .putShort((short) 0)
                .putInt(length)
                .putLong(1);
    }

    private static void putVarint(ByteBuffer bytes, int number) {
        int left = number;
        for (; left > 0x7F; left >>>= 7) bytes.put((byte) (0x80 | left & 0x7F));
        bytes.put((byte) left);
    }

    private static int claim(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> Payload.TAIL_BYTES + random.nextInt(1 << 20);
            case 1 -> FrameDecoder.MAX_BODY_BYTES - random.nextInt(100);
            default -> 1 << 20 + random.nextInt(11);
        };
    }

    @Override
    public boolean takes(byte[] input) {
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.WORKER);
        int piece = 1 + input.length / 3;
        try {
            for (int at = 0; at < input.length; at += piece) {
                ByteBuffer bytes = ByteBuffer.wrap(input, at, Math.min(piece, input.length - at));
                for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
                    if (frame instanceof Frame.Answer answer
                            && answer.outcomes().region().length() > input.length)
                        throw new IllegalStateException("more than came");
                }
            }
            decoder.end();
            return true;
        } catch (WireException refused) {
            return false;
        }
    }

    @Override
    public long mostAllocated(int length) {
        return (3L << 20) + 512L * length;
    }
}
