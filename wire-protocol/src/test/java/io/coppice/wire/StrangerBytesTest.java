package io.coppice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.wire.WireException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What gets through the decoder from a side that has not shown its token? A HELLO of its exact size. */
class StrangerBytesTest {
    static Stream<Frame> samples() {
        return SampleFrames.BY_NAME.values().stream();
    }

    @Test
    void aStrangersHelloIsLetThroughAndNothingBehindItUntilItIsAdmitted() throws WireException {
        Frame hello = SampleFrames.named("HELLO");
        FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.HELLO);
        assertThat(decoder.next(ByteBuffer.wrap(SampleFrames.encoded(hello)))).isEqualTo(hello);
        decoder.expectAny();
        assertThat(decoder.next(ByteBuffer.wrap(SampleFrames.encoded(new Frame.Goodbye()))))
                .isEqualTo(new Frame.Goodbye());

        FrameDecoder notAdmitted = FrameDecoder.expectingFirst(FrameType.HELLO);
        assertThat(notAdmitted.next(ByteBuffer.wrap(SampleFrames.encoded(hello))))
                .isEqualTo(hello);
        HostileBytesTest.assertReason(
                () -> notAdmitted.next(ByteBuffer.wrap(SampleFrames.encoded(new Frame.Goodbye()))),
                Reason.UNEXPECTED_FRAME);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aStrangersOtherFramesAreRefusedWithTheirHeader(Frame frame) {
        if (frame instanceof Frame.Hello) return;
        FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.HELLO);
        byte[] header = new byte[FrameLayout.HEADER_BYTES];
        System.arraycopy(SampleFrames.encoded(frame), 0, header, 0, header.length);
        HostileBytesTest.assertReason(() -> decoder.next(ByteBuffer.wrap(header)), Reason.UNEXPECTED_FRAME);
    }

    @Test
    void aHelloOfAnyOtherSizeIsRefused() {
        byte[] right = SampleFrames.encoded(SampleFrames.named("HELLO"));
        for (int length = 0; length < 2 * FrameLayout.HELLO_BYTES; length++) {
            if (length == FrameLayout.HELLO_BYTES) continue;
            byte[] bytes = Arrays.copyOf(right, FrameLayout.HEADER_BYTES + length);
            HostileBytesTest.header(bytes, FrameType.HELLO, length, 0);
            FrameDecoder decoder = FrameDecoder.expectingFirst(FrameType.HELLO);
            HostileBytesTest.assertReason(
                    () -> decoder.next(ByteBuffer.wrap(bytes)),
                    length < FrameLayout.HELLO_BYTES ? Reason.MALFORMED_BODY : Reason.BODY_TOO_LARGE);
        }
    }
}
