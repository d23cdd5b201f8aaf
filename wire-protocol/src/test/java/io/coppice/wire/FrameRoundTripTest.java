package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Does a frame that was encoded come back equal, however the stream cuts it? */
class FrameRoundTripTest {
    private static final long SEED = 20_261_122;

    static Stream<Frame> samples() {
        return SampleFrames.BY_NAME.values().stream();
    }

    @Test
    void everyTypeHasASample() {
        Set<FrameType> sampled = EnumSet.noneOf(FrameType.class);
        samples().forEach(frame -> sampled.add(frame.type()));
        assertThat(sampled).containsExactlyInAnyOrder(FrameType.values());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFrameInOnePieceComesBackEqual(Frame frame) throws WireException {
        FrameDecoder decoder = new FrameDecoder(frame.type().sender);
        ByteBuffer bytes = ByteBuffer.wrap(SampleFrames.encoded(frame));
        assertThat(decoder.next(bytes)).isEqualTo(frame);
        assertThat(bytes.hasRemaining()).isFalse();
        decoder.end();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFrameByteByByteComesBackWithItsLastByte(Frame frame) throws WireException {
        FrameDecoder decoder = new FrameDecoder(frame.type().sender);
        byte[] bytes = SampleFrames.encoded(frame);
        for (int i = 0; i < bytes.length - 1; i++)
            assertThat(decoder.next(ByteBuffer.wrap(bytes, i, 1))).isNull();
        assertThat(decoder.next(ByteBuffer.wrap(bytes, bytes.length - 1, 1))).isEqualTo(frame);
        decoder.end();
    }

    @ParameterizedTest
    @EnumSource(FrameType.Sender.class)
    void framesInRandomPiecesComeBackEqualAndInOrder(FrameType.Sender sender) throws WireException {
        Random random = new Random(SEED);
        List<Frame> ofSender =
                samples().filter(frame -> frame.type().sender == sender).toList();
        for (int round = 0; round < 200; round++) {
            List<Frame> frames = new ArrayList<>();
            for (int i = 0; i < 30; i++) frames.add(ofSender.get(random.nextInt(ofSender.size())));
            byte[] bytes = SampleFrames.joined(frames);
            assertThat(SampleFrames.decoded(new FrameDecoder(sender), bytes, random, 1 + random.nextInt(200)))
                    .as("seed=%d, round=%d", SEED, round)
                    .isEqualTo(frames);
        }
    }

    @Test
    void aBodyPastTheTrustedMebibyteComesBackWhole() throws WireException {
        byte[] large = new byte[5_000_001];
        new Random(SEED).nextBytes(large);
        Frame frame = new Frame.Call(7, 3, Items.copyOf(Payload.of(large), SampleFrames.payload(1)));
        assertThat(SampleFrames.decoded(
                        new FrameDecoder(FrameType.Sender.PARENT),
                        SampleFrames.encoded(frame),
                        new Random(SEED),
                        70_000))
                .containsExactly(frame);
    }

    @Test
    void aPayloadIsHandedOnWithoutACopyAndTheFixedPartWithOne() throws Exception {
        byte[] shared = {9, 9, 0, 0, 0, 1, 42, 9};
        List<Boolean> given = new ArrayList<>();
        List<byte[]> arrays = new ArrayList<>();
        new FrameEncoder((bytes, offset, length, giving) -> {
                    arrays.add(bytes);
                    given.add(giving);
                })
                .encode(new Frame.Call(1, 1, new Items(1, new Payload(shared, 2, 5))));
        assertThat(given).containsExactly(false, true);
        assertThat(arrays.get(1)).isSameAs(shared);
    }

    @Test
    void anEncodersNextFrameDoesNotShowInThePrevious() throws WireException {
        List<Frame> frames = List.of(new Frame.Function(5, SampleFrames.payload(1, 2, 3)), new Frame.Leave());
        assertThat(SampleFrames.decoded(
                        new FrameDecoder(FrameType.Sender.PARENT), SampleFrames.joined(frames), new Random(SEED), 9))
                .isEqualTo(frames);
    }

    @Test
    void aCursorStepsThroughEveryItemAndStops() {
        Items.Cursor cursor = Items.copyOf(
                        SampleFrames.payload(0, 1), SampleFrames.payload(3), SampleFrames.payload(1, 2, 3))
                .cursor();
        List<Payload> payloads = new ArrayList<>();
        List<OutcomeKind> kinds = new ArrayList<>();
        List<Payload> outcomes = new ArrayList<>();
        while (cursor.next()) {
            payloads.add(cursor.payload());
            kinds.add(cursor.outcomeKind());
            outcomes.add(cursor.outcomePayload());
        }
        assertThat(payloads)
                .containsExactly(SampleFrames.payload(0, 1), SampleFrames.payload(3), SampleFrames.payload(1, 2, 3));
        assertThat(kinds).containsExactly(OutcomeKind.RETURNED, OutcomeKind.UNSENDABLE_RESULT, OutcomeKind.THREW);
        assertThat(outcomes)
                .containsExactly(SampleFrames.payload(1), SampleFrames.payload(), SampleFrames.payload(2, 3));
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void aWelcomeOfAnotherVersionARefusalAndAnyOtherFrameAreNoWelcome() throws WireException {
        Frame.Welcome welcome = Handshake.welcome(Items.NONE);
        assertThat(Handshake.expectWelcome(welcome)).isSameAs(welcome);
        assertReason(new Frame.Welcome(Handshake.VERSION + 1, Items.NONE), WireException.Reason.WRONG_VERSION);
        assertReason(new Frame.Refused(Handshake.wrongVersion(2)), WireException.Reason.WRONG_VERSION);
        assertReason(new Frame.Leave(), WireException.Reason.UNEXPECTED_FRAME);
    }

    @Test
    void aTokenTellsNobodyItsBytes() {
        assertThat(SampleFrames.token()).hasToString("Token[not shown]");
        assertThat(new Frame.Hello(1, SampleFrames.token()).toString()).contains("Token[not shown]");
        assertThat(new Frame.Birth(SampleFrames.token(), "s").toString()).contains("Token[not shown]");
        byte[] other = new byte[32];
        assertThat(SampleFrames.token()).isNotEqualTo(Token.of(other, 0));
    }

    private static void assertReason(Frame answer, WireException.Reason reason) {
        assertThatThrownBy(() -> Handshake.expectWelcome(answer))
                .isInstanceOfSatisfying(
                        WireException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(reason));
    }
}
