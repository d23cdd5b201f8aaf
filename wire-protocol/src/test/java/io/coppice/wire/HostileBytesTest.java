package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.coppice.wire.WireException.Reason;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can the other side do to us with bytes? Be refused with a reason, and no more. */
class HostileBytesTest {
    private static final int FLIPPED_STREAMS_PER_FRAME = 2_000;
    private static final int GARBAGE_STREAMS = 15_000;

    private final long seed = Long.getLong("coppice.seed", System.nanoTime());
    private final Random random = new Random(seed);

    static Stream<Frame> samples() {
        return SampleFrames.BY_NAME.values().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aStreamMayEndBetweenFramesAndNowhereElse(Frame frame) throws WireException {
        byte[] bytes = SampleFrames.encoded(frame);
        new FrameDecoder(frame.type().sender).end();
        for (int length = 1; length < bytes.length; length++) {
            FrameDecoder decoder = new FrameDecoder(frame.type().sender);
            assertThat(decoder.next(ByteBuffer.wrap(bytes, 0, length))).isNull();
            assertReason(decoder::end, Reason.TRUNCATED);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void flippedBitsAreRefusedOrReadAsAnotherFrame(Frame frame) {
        byte[] right = SampleFrames.encoded(frame);
        for (int i = 0; i < FLIPPED_STREAMS_PER_FRAME; i++) {
            byte[] flipped = right.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--)
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            onlyFramesOrWireExceptions(frame.type().sender, flipped);
        }
    }

    @ParameterizedTest
    @EnumSource(FrameType.Sender.class)
    void garbageIsRefused(FrameType.Sender sender) {
        for (int i = 0; i < GARBAGE_STREAMS; i++) {
            byte[] garbage = new byte[random.nextInt(80)];
            random.nextBytes(garbage);
            onlyFramesOrWireExceptions(sender, garbage);
        }
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void garbageBehindARightHeaderIsRefusedOrReadAsAFrame(FrameType type) {
        for (int i = 0; i < FLIPPED_STREAMS_PER_FRAME; i++) {
            byte[] body = new byte[random.nextInt(60)];
            // Small numbers more often than others: they are what lengths and counts are made of.
            for (int at = 0; at < body.length; at++)
                body[at] = (byte)
                        (random.nextInt(4) > 0 ? 0 : random.nextBoolean() ? random.nextInt(4) : random.nextInt());
            byte[] bytes = new byte[FrameLayout.HEADER_BYTES + body.length];
            header(bytes, type, body.length, random.nextBoolean() ? 0 : 1 + random.nextInt(3));
            System.arraycopy(body, 0, bytes, FrameLayout.HEADER_BYTES, body.length);
            onlyFramesOrWireExceptions(type.sender, bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFrameFromTheWrongSideIsRefused(Frame frame) {
        FrameType.Sender other =
                frame.type().sender == FrameType.Sender.PARENT ? FrameType.Sender.WORKER : FrameType.Sender.PARENT;
        assertRefused(other, SampleFrames.encoded(frame), Reason.UNEXPECTED_FRAME);
    }

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void aBodyOverItsLimitIsRefusedWithTheHeader(FrameType type) {
        int limit = FrameBodies.maxBytes(type);
        for (int length : new int[] {limit + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            byte[] header = new byte[FrameLayout.HEADER_BYTES];
            header(header, type, length, 1);
            assertRefused(type.sender, header, Reason.BODY_TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0xC1, BAD_MAGIC",
        "0, 0x00, BAD_MAGIC",
        "1, 0x00, UNKNOWN_TYPE",
        "1, 0xFF, UNKNOWN_TYPE",
        "1, 0x10, UNKNOWN_TYPE",
        "2, 0x80, RESERVED_BITS",
        "3, 0x01, RESERVED_BITS",
    })
    void aWrongHeaderByteIsRefusedWithItsReason(int at, String value, Reason reason) {
        byte[] bytes = SampleFrames.encoded(new Frame.Leave());
        bytes[at] = (byte) (int) Integer.decode(value);
        assertRefused(FrameType.Sender.PARENT, bytes, reason);
    }

    @ParameterizedTest
    @CsvSource({ // a body in hex for an id and a type, each with one number that does not add up
        "WELCOME, 0, 0001 00000002 00000000 00000000",
        "WELCOME, 0, 0001 00000001",
        "WELCOME, 0, 0001 FFFFFFFF",
        "WELCOME, 0, 0001 00000002 00000000",
        "WELCOME, 0, 0001 0000",
        "WELCOME, 1, 0001 00000000",
        "CALL, 1, 0000000000000001 00000000",
        "CALL, 1, 0000000000000001 80000000 00000000",
        "CALL, 1, 0000000000000001 00000002 00000000",
        "CALL, 1, 0000000000000001 7FFFFFFF 00000000",
        "CALL, 1, 0000000000000001 00000001 FFFFFFFF",
        "CALL, 1, 0000000000000001 00000001 7FFFFFFF AA",
        "CALL, 1, 0000000000000001 00000001 00000000 AA",
        "CALL, 1, 0000000000000001 00000001 0000",
        "CALL, 0, 0000000000000001 00000001 00000000",
        "CALL, -1, 0000000000000001 00000001 00000000",
        "CALL, 9223372036854775807, 0000000000000001 00000001 00000000",
        "CALLS, 1, 0000000000000001 00000000",
        "CALLS, 1, 0000000000000001 80000000 00000000",
        "CALLS, 1, 0000000000000001 00000002 00000000",
        "CALLS, 1, 0000000000000001 00000001 00000000 AA",
        "CALLS, 0, 0000000000000001 00000001 00000000",
        "CALLS, 9223372036854775806, 0000000000000001 00000002 00000000 00000000",
        "RECALL, 0, 0000000000000001",
        "RECALL, -1, 0000000000000001",
        "RECALL, 3, 0000000000000000",
        "RECALL, 3, FFFFFFFFFFFFFFFF",
        "RECALL, 3, 0000000000000004",
        "RECALL, 3, 00000000000000",
        "FUNCTION, 0, 00",
        "FUNCTION, -1, 00",
        "FORGET, 0, ''",
        "LEAVE, 1, ''",
        "RECORD, 1, ''",
        "INTERRUPT, 0, 0000000000000001",
        "INTERRUPT, 3, 0000000000000002",
        "INTERRUPT, 3, FFFFFFFFFFFFFFFF",
        "INTERRUPT, 3, ''",
        "REFUSED, 0, FF",
        "UNLOAD, 0, ''",
        "UNLOAD, 2147483648, ''",
        "FETCH, 0, 01 00000001 41",
        "FETCH, 1, 00 00000001 41",
        "FETCH, 1, 04 00000001 41",
        "FETCH, 1, 01 FFFFFFFF 41",
        "FETCH, 1, 01 00000001 FF",
        "FETCH, 1, 01 0000",
        "SUPPLY, -1, 00000000",
        "SUPPLY, 1, FFFFFFFF",
        "SUPPLY, 1, 00000001",
        "SUPPLY, 1, 00000001 00000000",
        "SUPPLY, 1, 00000001 00000010 01 00000001 FFFFFFFF 00000000 000000",
        "SUPPLY, 1, 00000001 00000011 05 00000001 FFFFFFFF 00000000 00000000",
        "SUPPLY, 1, 00000001 00000011 01 FFFFFFFF FFFFFFFF 00000000 00000000",
        "SUPPLY, 1, 00000001 00000011 01 00000001 FFFFFFFD 00000000 00000000",
        "SUPPLY, 1, 00000001 00000011 01 00000001 FFFFFFFF FFFFFFFF 00000000",
        "SUPPLY, 1, 00000001 00000011 01 00000001 FFFFFFFF 00000001 00000000",
        "SUPPLY, 1, 00000001 00000011 01 00000001 FFFFFFFF 00000000 FFFFFFFF",
        "SUPPLY, 1, 00000001 00000011 01 00000001 FFFFFFFF 00000000 00000001",
        "SUPPLY, 1, 00000001 00000012 01 00000001 FFFFFFFF 00000000 00000001 FF",
        "SUPPLY, 1, 00000001 00000015 01 00000001 00000001 00000001 00000000 00000001",
        "HELLO, 1, 0001 0000000000000000000000000000000000000000000000000000000000000000",
        "READY, 0, ''",
        "READY, 0, 00000000",
        "READY, 0, 00000001 04",
        "READY, 0, 00000001 00 00000001 00",
        "ANSWER, 1, 00000000 0000000000000000",
        "ANSWER, 1, FFFFFFFF 0000000000000000 00000001 00",
        "ANSWER, 1, 00000001 8000000000000000 00000001 00",
        "ANSWER, 1, 00000001 0000000000000000 00000001 FF",
        "ANSWER, 1, 00000001 0000000000000000 00000000",
        "ANSWER, 1, 00000001 0000000000000000",
        "ANSWER, 0, 00000001 0000000000000000 00000001 00",
        "ANSWER, 9223372036854775807, 00000001 0000000000000000 00000001 00",
        "RECALLED, 0, 0000000000000000",
        "RECALLED, 3, 0000000000000003",
        "RECALLED, 3, FFFFFFFFFFFFFFFF",
        "RECALLED, 3, 00000000000000",
    })
    void aBodyThatDoesNotAddUpIsMalformed(FrameType type, long id, String hex) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] bytes = new byte[FrameLayout.HEADER_BYTES + body.length];
        header(bytes, type, body.length, id);
        System.arraycopy(body, 0, bytes, FrameLayout.HEADER_BYTES, body.length);
        assertRefused(type.sender, bytes, Reason.MALFORMED_BODY);
    }

    @Test
    void aDecoderThatRefusedOnceRefusesForever() {
        byte[] bytes = SampleFrames.encoded(new Frame.Leave());
        bytes[0] = 0;
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.PARENT);
        assertReason(() -> decoder.next(ByteBuffer.wrap(bytes)), Reason.BAD_MAGIC);
        assertReason(() -> decoder.next(ByteBuffer.wrap(SampleFrames.encoded(new Frame.Leave()))), Reason.BAD_MAGIC);
    }

    // ---- memory ----

    @ParameterizedTest
    @ValueSource(ints = {1 << 21, 1 << 28, FrameDecoder.MAX_BODY_BYTES})
    void aHeadersWordIsWorthAMebibyte(int claimed) throws Exception {
        byte[] bytes = new byte[FrameLayout.HEADER_BYTES + 10];
        header(bytes, FrameType.ANSWER, claimed, 1);
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.WORKER);
        long before = allocatedByThisThread();
        assertThat(decoder.next(ByteBuffer.wrap(bytes))).isNull();
        assertThat(allocatedByThisThread() - before).isBetween(10L, (1L << 20) + (64 << 10));
    }

    @Test
    void aLargeBodysMemoryGrowsWithWhatHasCome() throws Exception {
        int came = 2 << 20;
        byte[] bytes = new byte[FrameLayout.HEADER_BYTES + came];
        header(bytes, FrameType.ANSWER, FrameDecoder.MAX_BODY_BYTES, 1);
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.WORKER);
        long before = allocatedByThisThread();
        assertThat(decoder.next(ByteBuffer.wrap(bytes))).isNull();
        assertThat(allocatedByThisThread() - before).isBetween((long) came, 18L << 20);
    }

    @Test
    void aMadeUpCountAllocatesNothing() throws Exception {
        byte[] bytes = new byte[FrameLayout.HEADER_BYTES + FrameLayout.CALL_ITEMS + 4];
        header(bytes, FrameType.CALL, FrameLayout.CALL_ITEMS + 4, 1);
        ByteBuffer.wrap(bytes).putInt(FrameLayout.HEADER_BYTES + FrameLayout.CALL_COUNT, Integer.MAX_VALUE);
        long before = allocatedByThisThread();
        assertRefused(FrameType.Sender.PARENT, bytes, Reason.MALFORMED_BODY);
        assertThat(allocatedByThisThread() - before).isLessThan(1 << 20);
    }

    // ----

    private void onlyFramesOrWireExceptions(FrameType.Sender sender, byte[] bytes) {
        try {
            FrameDecoder decoder = new FrameDecoder(sender);
            for (Frame frame : SampleFrames.decoded(decoder, bytes, random, bytes.length + 1)) {
                walk(frame);
                assertThat(SampleFrames.encoded(frame).length).isLessThanOrEqualTo(bytes.length);
            }
        } catch (WireException refused) {
            assertThat(refused.reason()).isNotNull();
        } catch (Throwable anythingElse) {
            fail("seed=" + seed + ", bytes=" + HexFormat.of().formatHex(bytes), anythingElse);
        }
    }

    /** Reads all that is offered for reading: what came through must be safe to use. */
    private static void walk(Frame frame) {
        if (frame instanceof Frame.Call call) walk(call.arguments(), false);
        if (frame instanceof Frame.Calls calls) walk(calls.arguments(), false);
        if (frame instanceof Frame.Welcome welcome) walk(welcome.setup(), false);
        if (frame instanceof Frame.Answer answer) walk(answer.outcomes(), true);
        if (frame instanceof Frame.Ready ready) walk(ready.outcome(), true);
        if (frame instanceof Frame.Supply supply) for (Code code : supply.codes()) walk(code.contents(), false);
    }

    private static void walk(Items items, boolean outcomes) {
        int count = 0;
        for (Items.Cursor cursor = items.cursor(); cursor.next(); count++) {
            assertThat(cursor.payload().toArray()).hasSize(cursor.length());
            if (outcomes)
                assertThat(cursor.outcomePayload().toArray().length
                                + cursor.outcomeKind().name().length())
                        .isPositive();
        }
        assertThat(count).isEqualTo(items.count());
    }

    static void header(byte[] bytes, FrameType type, int length, long id) {
        ByteBuffer.wrap(bytes)
                .put(FrameLayout.MAGIC_OFFSET, FrameLayout.MAGIC)
                .put(FrameLayout.TYPE_OFFSET, type.code)
                .putInt(FrameLayout.BODY_LENGTH_OFFSET, length)
                .putLong(FrameLayout.ID_OFFSET, id);
    }

    private static void assertRefused(FrameType.Sender sender, byte[] bytes, Reason reason) {
        assertReason(() -> new FrameDecoder(sender).next(ByteBuffer.wrap(bytes)), reason);
    }

    static void assertReason(ThrowingCallable decoding, Reason reason) {
        assertThatThrownBy(decoding)
                .isInstanceOfSatisfying(
                        WireException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /** By reflection: the module under test does not read jdk.management. */
    static long allocatedByThisThread() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method allocated = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        return (long) allocated.invoke(threads);
    }
}
