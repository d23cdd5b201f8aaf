package io.coppice.fuzz;

import io.coppice.wire.Code;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.WireException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A decoder of frames, which get bytes in pieces; what comes out of it is walked through. */
final class FrameTarget implements Target {
    private static final int HEADER_BYTES = 16;
    private static final byte[] CODES = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18
    };
    private static final int MOST_BODY = 80;

    private final Supplier<FrameDecoder> decoders;
    private final Mutator mutator;

    FrameTarget(Supplier<FrameDecoder> decoders, List<byte[]> samples) {
        this.decoders = decoders;
        mutator = new Mutator(samples);
    }

    @Override
    public byte[] input(SplittableRandom random) {
        return random.nextInt(5) == 0 ? small(random) : mutator.mutant(random);
    }

    /** A right header and a body of small numbers, of which lengths and counts are made. */
    private static byte[] small(SplittableRandom random) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + random.nextInt(MOST_BODY));
        bytes.put((byte) 0xC0)
                .put(CODES[random.nextInt(CODES.length)])
                .putShort((short) 0)
                .putInt(bytes.capacity() - HEADER_BYTES)
                .putLong(random.nextInt(3));
        while (bytes.hasRemaining()) bytes.put((byte) (random.nextInt(4) > 0 ? 0 : random.nextInt(5)));
        return bytes.array();
    }

    @Override
    public boolean takes(byte[] input) {
        FrameDecoder decoder = decoders.get();
        int piece = 1 + (Arrays.hashCode(input) & 0x3F);
        try {
            for (int at = 0; at < input.length; at += piece) {
                ByteBuffer bytes = ByteBuffer.wrap(input, at, Math.min(piece, input.length - at));
                for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) walk(frame);
            }
            decoder.end();
            return true;
        } catch (WireException refused) {
            return false;
        }
    }

    private static void walk(Frame frame) {
        if (frame instanceof Frame.Call call) walk(call.arguments(), false);
        else if (frame instanceof Frame.Calls calls) walk(calls.arguments(), false);
        else if (frame instanceof Frame.Answer answer) walk(answer.outcomes(), true);
        else if (frame instanceof Frame.Ready ready) walk(ready.outcome(), true);
        else if (frame instanceof Frame.Supply supply) for (Code code : supply.codes()) walk(code.contents(), false);
        else if (frame instanceof Frame.Welcome welcome) expectWelcome(welcome);
    }

    private static void expectWelcome(Frame.Welcome welcome) {
        walk(welcome.setup(), false);
        try {
            Handshake.expectWelcome(welcome);
        } catch (WireException wrongVersion) {
            // as it may be
        }
    }

    /** As a map's results are read, and joined where they are few. */
    private static void walk(Items items, boolean outcomes) {
        int count = 0;
        for (Items.Cursor item = items.cursor(); item.next(); count++) {
            boolean right = item.payload().toArray().length == item.length()
                    && item.item().region().length() == item.length() + Items.lengthBytes();
            if (outcomes) right &= item.outcomePayload().length() == item.outcomeLength() && item.outcomeKind() != null;
            if (!right) throw new IllegalStateException("an item is not as long as it says: item=" + count);
        }
        if (count != items.count()) throw new IllegalStateException("items=" + count + " of " + items.count());
        if (Items.joined(List.of(items, items)).count() != 2 * count)
            throw new IllegalStateException("joined=" + items.count());
    }

    @Override
    public long mostAllocated(int length) {
        return (2L << 20) + 512L * length;
    }
}
