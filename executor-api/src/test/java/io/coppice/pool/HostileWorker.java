package io.coppice.pool;

import io.coppice.wire.CodeName;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import io.coppice.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A worker that was let in and then says anything: right frames, right frames at a wrong time, wrong frames, bytes. Which
 * ones, a seed decides.
 */
final class HostileWorker {
    private static final int MOST_ACTIONS = 40;

    private record Due(long turn, int count) {}

    private final SocketChannel channel;
    private final Random random;
    private final FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private long lastTurn;

    HostileWorker(SocketChannel channel, Random random) {
        this.channel = channel;
        this.random = random;
    }

    /** Until it has said enough, or was cut off. */
    void run() throws IOException, WireException {
        if (random.nextInt(8) > 0) say(new Frame.Ready(outcomes(1, true)));
        for (int left = random.nextInt(MOST_ACTIONS); left > 0; left--) {
            listen();
            act();
        }
    }

    private void act() throws IOException {
        switch (random.nextInt(14)) {
            case 0 -> say(new Frame.Ready(outcomes(1, random.nextBoolean())));
            case 1, 2, 3, 4 -> answerRightly();
            case 5 -> say(new Frame.Answer(turn(), time(), outcomes(1 + random.nextInt(4), false)));
            case 6 -> say(new Frame.Answer(turn(), time(), outcomes(10_000, true)));
            case 7 -> {
                long upTo = 1 + turn();
                say(new Frame.Recalled(upTo, Math.min(upTo - 1, turn())));
            }
            case 8 -> {
                if (random.nextInt(4) == 0) say(new Frame.Goodbye());
            }
            case 9 -> {
                for (int i = random.nextInt(100); i > 0; i--) say(new Frame.Fetch(turn(), wanted()));
            }
            case 10 -> say(garbage());
            case 11 -> say(flipped(new Frame.Answer(turn(), time(), outcomes(2, true))));
            case 12 -> say(new Frame.Leave()); // which is the parent's to say
            default -> say(claim());
        }
    }

    private void answerRightly() throws IOException {
        Due first = due.poll();
        if (first == null) return;
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(first.count) : first.count;
        if (count < first.count) due.addFirst(new Due(first.turn + count, first.count - count));
        say(new Frame.Answer(first.turn, time(), outcomes(count, random.nextInt(3) > 0)));
    }

    private long turn() {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(3);
            case 1 -> Math.max(1, lastTurn + random.nextInt(3) - 1);
            case 2 -> Long.MAX_VALUE - 20_000 - random.nextInt(5);
            default -> 1 + (random.nextLong() >>> 20);
        };
    }

    private long time() {
        return random.nextInt(3) == 0 ? random.nextLong() >>> 1 : random.nextInt(1000);
    }

    private Items outcomes(int count, boolean right) {
        Payload[] outcomes = new Payload[count];
        for (int i = 0; i < count; i++) {
            byte[] outcome = right ? new byte[2] : new byte[1 + random.nextInt(60)]; // RETURNED NULL
            if (!right) {
                random.nextBytes(outcome);
                outcome[0] = OutcomeKind.values()[random.nextInt(OutcomeKind.values().length)].code();
                if (outcome.length > 1 && random.nextBoolean()) outcome[1] = (byte) (random.nextInt(37));
            }
            outcomes[i] = Payload.of(outcome);
        }
        return Items.copyOf(outcomes);
    }

    private CodeName wanted() {
        CodeName.Kind kind = CodeName.Kind.values()[random.nextInt(CodeName.Kind.values().length)];
        String name = switch (random.nextInt(5)) {
            case 0 -> HostileWorker.class.getName();
            case 1 -> "java/lang/Object.class";
            case 2 -> "../../etc/passwd";
            case 3 -> "x".repeat(random.nextInt(60_000));
            default -> "[[L;\u0000\uFFFF";
        };
        return new CodeName(kind, random.nextInt(3) == 0 ? random.nextInt() >>> 1 : 0, name);
    }

    private byte[] garbage() {
        byte[] garbage = new byte[1 + random.nextInt(100)];
        random.nextBytes(garbage);
        return garbage;
    }

    private byte[] flipped(Frame frame) throws IOException {
        byte[] bytes = encoded(frame);
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--)
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /** A header that promises more than ever comes. */
    private byte[] claim() {
        byte[] codes = {0x12, 0x13, 0x14, 0x15, 0x16};
        return ByteBuffer.allocate(16 + random.nextInt(100))
                .put((byte) 0xC0)
                .put(codes[random.nextInt(codes.length)])
                .putShort((short) 0)
                .putInt(random.nextInt(3) == 0 ? random.nextInt() : 1 << random.nextInt(31))
                .putLong(random.nextInt(3))
                .array();
    }

    // ---- the connection ----

    private void say(Frame frame) throws IOException {
        say(encoded(frame));
    }

    private static byte[] encoded(Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FrameEncoder((from, offset, length, given) -> bytes.write(from, offset, length)).encode(frame);
        return bytes.toByteArray();
    }

    private void say(byte[] bytes) throws IOException {
        channel.configureBlocking(true);
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) channel.write(left);
    }

    /** Takes what has come; now and then waits a little for it. */
    private void listen() throws IOException, WireException {
        channel.configureBlocking(false);
        if (due.isEmpty() && random.nextInt(3) > 0) {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_READ);
                selector.select(20);
            }
        }
        for (int count = channel.read(in.clear()); count > 0; count = channel.read(in.clear())) {
            in.flip();
            for (Frame frame = decoder.next(in); frame != null; frame = decoder.next(in)) heard(frame);
        }
    }

    private void heard(@Nullable Frame frame) {
        if (frame instanceof Frame.Call call)
            heard(call.turn(), call.arguments().count());
        if (frame instanceof Frame.Calls calls)
            heard(calls.turn(), calls.arguments().count());
    }

    private void heard(long turn, int count) {
        due.add(new Due(turn, count));
        lastTurn = turn + count - 1;
    }
}
