package io.coppice.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Frames of every type by name, and their way through an encoder and a decoder. */
final class SampleFrames {
    static final Map<String, Frame> BY_NAME = new LinkedHashMap<>();

    static {
        Payload nothing = payload();
        Payload seven = payload(0x14, 0x07); // INT 7
        BY_NAME.put("BIRTH", new Frame.Birth(token(), "/tmp/coppice-1000/ä/s"));
        BY_NAME.put("WELCOME", new Frame.Welcome(1, Items.NONE));
        BY_NAME.put(
                "WELCOME-initializer", new Frame.Welcome(1, Items.copyOf(nothing, payload(0x20, 0x01, 0x02), seven)));
        BY_NAME.put("REFUSED", new Frame.Refused("wrong version"));
        BY_NAME.put("FUNCTION", new Frame.Function(1, payload(0x20, 0xCA, 0xFE)));
        BY_NAME.put("CALL", new Frame.Call(41, 1, Items.copyOf(seven)));
        BY_NAME.put("CALL-chunk", new Frame.Call(1L << 40, Long.MAX_VALUE, Items.copyOf(seven, nothing, seven)));
        BY_NAME.put("FORGET", new Frame.Forget(1));
        BY_NAME.put("LEAVE", new Frame.Leave());
        BY_NAME.put("INTERRUPT", new Frame.Interrupt(41, 45));
        CodeName job = new CodeName(CodeName.Kind.CLASS, 2, "a.Job");
        CodeName text = new CodeName(CodeName.Kind.RESOURCES, 2, "a/text");
        BY_NAME.put(
                "SUPPLY", new Frame.Supply(5, List.of(new Code(job, 2, Items.copyOf(payload(0xCA, 0xFE), nothing)))));
        BY_NAME.put(
                "SUPPLY-unasked",
                new Frame.Supply(
                        0, List.of(Code.nowhere(job), new Code(text, 0, Items.copyOf(payload(0x41), payload(0x42))))));
        BY_NAME.put("UNLOAD", new Frame.Unload(2));
        BY_NAME.put("CALLS", new Frame.Calls(42, 1, Items.copyOf(seven, seven, nothing)));
        BY_NAME.put("RECALL", new Frame.Recall(44, 42));
        BY_NAME.put("HELLO", new Frame.Hello(1, token()));
        BY_NAME.put("READY", new Frame.Ready(Items.copyOf(payload(0x00, 0x00))));
        BY_NAME.put("READY-threw", new Frame.Ready(Items.copyOf(payload(0x01, 0x20, 0x0C))));
        BY_NAME.put("ANSWER", new Frame.Answer(41, 1_000_000, Items.copyOf(payload(0x00, 0x14, 0x2A))));
        BY_NAME.put(
                "ANSWER-part",
                new Frame.Answer(
                        Long.MAX_VALUE - 4,
                        0,
                        Items.copyOf(payload(0x00, 0x00), payload(0x01, 0x20), payload(0x02), payload(0x03, 0x20))));
        BY_NAME.put("GOODBYE", new Frame.Goodbye());
        BY_NAME.put("FETCH", new Frame.Fetch(5, job));
        BY_NAME.put("RECALLED", new Frame.Recalled(44, 42));
        BY_NAME.put("HURRY", new Frame.Hurry(43));
        BY_NAME.put("CONDEMN", new Frame.Condemn(43));
        BY_NAME.put("RECORD", new Frame.Record());
        StackTraceElement place = new StackTraceElement("a.Job", "run", "Job.java", 177);
        BY_NAME.put("CONDEMNED", new Frame.Condemned(43, List.of(place)));
        BY_NAME.put("CONDEMNED-ended", new Frame.Condemned(43, List.of()));
        BY_NAME.put("SPENT", new Frame.Spent());
    }

    private SampleFrames() {}

    static Frame named(String name) {
        return Objects.requireNonNull(BY_NAME.get(name), name);
    }

    static byte[] encoded(Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FrameEncoder encoder = new FrameEncoder((from, offset, length, given) -> bytes.write(from, offset, length));
        try {
            encoder.encode(frame);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** What the bytes hold, fed to the decoder in pieces of up to this size. */
    static List<Frame> decoded(FrameDecoder decoder, byte[] bytes, Random pieces, int largestPiece)
            throws WireException {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + pieces.nextInt(largestPiece));
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, length);
            for (Frame frame = decoder.next(piece); frame != null; frame = decoder.next(piece)) frames.add(frame);
            at += length;
        }
        decoder.end();
        return frames;
    }

    static byte[] joined(Iterable<Frame> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) bytes.writeBytes(encoded(frame));
        return bytes.toByteArray();
    }

    /** Bytes 0x00 to 0x1F. */
    static Token token() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        return Token.of(bytes, 0);
    }

    static Payload payload(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) payload[i] = (byte) bytes[i];
        return Payload.of(payload);
    }
}
