package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a large array that is a whole body come off the wire as an array, and is nothing else taken for one? */
@NullUnmarked
class TailTest {
    private static final long SEED = 20_261_123;
    private static final int BYTES = 3 * Payload.TAIL_BYTES;
    private static final byte RETURNED = 0;

    private final Random random = new Random(SEED);

    private Object array(ArrayKind kind, int bytes) {
        byte[] content = new byte[bytes];
        if (kind != ArrayKind.BOOLEANS) random.nextBytes(content);
        Object array = kind.make(bytes / kind.elementBytes);
        kind.read(ByteBuffer.wrap(content), array, 0, bytes / kind.elementBytes);
        return array;
    }

    /** An item that ends in the array: its length, what stands in front, tag and number of elements. */
    private static Payload item(Object array, byte... inFront) {
        ArrayKind kind = ArrayKind.of(array);
        int length = kind.length(array);
        ByteBuffer head = ByteBuffer.allocate(40).putInt(0).put(inFront).put(kind.code);
        for (int left = length; ; left >>>= 7) {
            head.put((byte) (left > 0x7F ? left | 0x80 : left));
            if (left <= 0x7F) break;
        }
        head.putInt(0, head.position() - 4 + length * kind.elementBytes);
        return Payload.of(head.array(), 0, head.position(), array);
    }

    private static Frame.Answer answer(Object array) {
        return new Frame.Answer(7, 1, new Items(1, item(array, RETURNED)));
    }

    private List<Frame> decoded(FrameType.Sender sender, byte[] bytes, int piece) throws WireException {
        return SampleFrames.decoded(new FrameDecoder(sender), bytes, random, piece);
    }

    @ParameterizedTest
    @EnumSource(ArrayKind.class)
    void aLargeResultComesAsTheArrayItIs(ArrayKind kind) throws WireException {
        Object array = array(kind, BYTES);
        byte[] bytes = SampleFrames.encoded(answer(array));
        for (int piece : new int[] {100, 70_000, BYTES + 100}) {
            Frame.Answer read = (Frame.Answer)
                    decoded(FrameType.Sender.WORKER, bytes, piece).get(0);
            assertThat(read).isEqualTo(answer(array));
            Items.Cursor outcome = read.outcomes().cursor();
            outcome.next();
            assertThat(outcome.outcomeKind()).isEqualTo(OutcomeKind.RETURNED);
            assertThat(outcome.outcomePayload().tail()).isEqualTo(array);
            assertThat(outcome.outcomeLength())
                    .isEqualTo(outcome.outcomePayload().length());
        }
    }

    @Test
    void aLargeArgumentComesAsTheArrayItIs() throws WireException {
        double[] array = (double[]) array(ArrayKind.DOUBLES, BYTES);
        Frame call = new Frame.Call(7, 3, new Items(1, item(array)));
        List<Frame> read =
                decoded(FrameType.Sender.PARENT, SampleFrames.joined(List.of(call, new Frame.Leave(), call)), 70_000);
        assertThat(read).containsExactly(call, new Frame.Leave(), call);
        Items.Cursor argument = ((Frame.Call) read.get(0)).arguments().cursor();
        argument.next();
        assertThat(argument.payload().tail()).isEqualTo(array);
        assertThat(argument.item().region().tail()).isEqualTo(array);
    }

    @Test
    void askedForItsBytesATailIsWithThem() {
        int[] array = (int[]) array(ArrayKind.INTS, BYTES);
        Items items = new Items(1, item(array, RETURNED));
        Items.Cursor cursor = items.cursor();
        cursor.next();
        byte[] bytes = cursor.bytes();
        int elements = cursor.offset() + cursor.length() - BYTES;
        int[] read = new int[array.length];
        ArrayKind.INTS.read(ByteBuffer.wrap(bytes, elements, BYTES), read, 0, read.length);
        assertThat(read).isEqualTo(array);
        Items joined = Items.joined(List.of(items, Items.copyOf(Payload.of(new byte[] {1, 2}))));
        assertThat(joined.region().tail()).isNull();
        assertThat(joined.region().length()).isEqualTo(items.region().length() + 6);
    }

    @Test
    void onlyTheLastItemOfARowEndsInItsTail() {
        byte[] array = new byte[BYTES];
        Payload last = item(array);
        ByteBuffer row = ByteBuffer.allocate(50).putInt(1).put((byte) 9).put(last.head(), 0, last.headLength());
        Items.Cursor cursor = new Items(2, Payload.of(row.array(), 0, row.position(), array)).cursor();
        cursor.next();
        assertThat(cursor.payload()).isEqualTo(Payload.of(new byte[] {9}));
        assertThat(cursor.payload().tail()).isNull();
        cursor.next();
        assertThat(cursor.payload().tail()).isSameAs(array);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8})
    void whatOnlyLooksLikeAnArrayIsReadAsBytes(int wrong) throws WireException {
        byte[] bytes = SampleFrames.encoded(answer(array(ArrayKind.DOUBLES, BYTES)));
        int tag = FrameLayout.HEADER_BYTES
                + FrameLayout.ANSWER_ITEMS
                + FrameLayout.ITEM_LENGTH_BYTES
                + FrameLayout.ITEM_OUTCOME_PAYLOAD;
        if (wrong == 0) bytes[tag] = 15; // no array's
        else if (wrong == 1) bytes[tag] = -1;
        else if (wrong == 2) bytes[tag] = 12; // of smaller elements
        else if (wrong < 6) bytes[tag + wrong - 2] ^= 4; // a number of elements that does not fit
        else if (wrong == 7) for (int i = 1; i < 9; i++) bytes[tag + i] = -1; // that has no end
        else bytes[tag + 1] = 0;
        Frame.Answer read =
                (Frame.Answer) decoded(FrameType.Sender.WORKER, bytes, 70_000).get(0);
        Items.Cursor outcome = read.outcomes().cursor();
        outcome.next();
        assertThat(outcome.outcomePayload().tail()).isNull();
        assertThat(outcome.outcomePayload().length()).isGreaterThan(BYTES);
    }

    @Test
    void aTailsFrameIsCheckedLikeOthers() {
        byte[] bytes = SampleFrames.encoded(answer(array(ArrayKind.DOUBLES, BYTES)));
        int kind = FrameLayout.HEADER_BYTES + FrameLayout.ANSWER_ITEMS + FrameLayout.ITEM_LENGTH_BYTES;
        bytes[kind] = 77;
        assertThatThrownBy(() -> decoded(FrameType.Sender.WORKER, bytes, 70_000))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("outcomeKind=77");
        bytes[kind] = 0;
        int count = FrameLayout.HEADER_BYTES + FrameLayout.ANSWER_COUNT + 3;
        bytes[count] = 2;
        assertThatThrownBy(() -> decoded(FrameType.Sender.WORKER, bytes, 70_000))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("items=2");
    }

    @Test
    void aStreamMayNotEndInsideAnArray() throws WireException {
        byte[] bytes = SampleFrames.encoded(answer(array(ArrayKind.DOUBLES, BYTES)));
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.WORKER);
        assertThat(decoder.next(ByteBuffer.wrap(bytes, 0, bytes.length - 1))).isNull();
        assertThatThrownBy(decoder::end)
                .isInstanceOf(WireException.class)
                .hasMessageContaining("bodyBytes=" + (bytes.length - 17));
    }

    @Test
    void anArraysMadeUpLengthIsNotBelievedBeforeItsElementsCome() throws Exception {
        byte[] bytes = SampleFrames.encoded(answer(array(ArrayKind.BYTES, BYTES)));
        int claimed = (1 << 30) - 100;
        ByteBuffer forged = ByteBuffer.wrap(bytes);
        forged.putInt(FrameLayout.BODY_LENGTH_OFFSET, claimed);
        int item = FrameLayout.HEADER_BYTES + FrameLayout.ANSWER_ITEMS;
        forged.putInt(item, claimed - FrameLayout.ANSWER_ITEMS - 4);
        int elements = claimed - FrameLayout.ANSWER_ITEMS - 4 - 1 - 1 - 5;
        for (int i = 0; i < 5; i++) bytes[item + 6 + i] = (byte) (elements >>> 7 * i | (i < 4 ? 0x80 : 0));
        FrameDecoder decoder = new FrameDecoder(FrameType.Sender.WORKER);
        long before = HostileBytesTest.allocatedByThisThread();
        assertThat(decoder.next(ByteBuffer.wrap(bytes, 0, 1 << 20))).isNull();
        assertThat(HostileBytesTest.allocatedByThisThread() - before).isBetween(1L << 20, (1L << 20) + (64 << 10));
        assertThat(decoder.next(ByteBuffer.wrap(bytes, 1 << 20, 1 << 20))).isNull();
        assertThat(HostileBytesTest.allocatedByThisThread() - before).isBetween(5L << 20, 6L << 20);
    }

    @Test
    void aSinkIsGivenTheArrayItself() throws IOException {
        Object array = array(ArrayKind.LONGS, BYTES);
        ByteArrayOutputStream heads = new ByteArrayOutputStream();
        new FrameEncoder(new ByteSink() {
                    @Override
                    public void write(byte[] bytes, int offset, int length, boolean given) {
                        heads.write(bytes, offset, length);
                    }

                    @Override
                    public void write(Elements given) {
                        assertThat(given.array()).isSameAs(array);
                        assertThat(given.kind).isSameAs(ArrayKind.LONGS);
                        assertThat(given.bytes()).isEqualTo(BYTES);
                    }
                })
                .encode(answer(array));
        assertThat(heads.size()).isLessThan(100);
    }
}
