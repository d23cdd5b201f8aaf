package io.coppice.fuzz;

import io.coppice.wire.Code;
import io.coppice.wire.CodeName;
import io.coppice.wire.Frame;
import io.coppice.wire.FrameEncoder;
import io.coppice.wire.Handshake;
import io.coppice.wire.Items;
import io.coppice.wire.Payload;
import io.coppice.wire.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Right frames, by who sends them and over what. */
final class FrameSamples {
    private static final Payload SEVEN = Payload.of(new byte[] {0x14, 0x07});
    private static final Payload NULL_RETURNED = Payload.of(new byte[] {0, 0});
    private static final Token TOKEN = Token.of(new byte[64], 0);

    private FrameSamples() {}

    static List<byte[]> ofTheParent() {
        CodeName job = new CodeName(CodeName.Kind.CLASS, 2, "a.Job");
        List<byte[]> all = encoded(
                Handshake.welcome(Items.NONE),
                Handshake.welcome(Items.copyOf(SEVEN, SEVEN, SEVEN)),
                new Frame.Refused("wrong version"),
                new Frame.Function(1, SEVEN),
                new Frame.Call(41, 1, Items.copyOf(SEVEN)),
                new Frame.Call(1, 2, row(5)),
                new Frame.Calls(42, 1, row(9)),
                new Frame.Forget(1),
                new Frame.Leave(),
                new Frame.Unload(2),
                new Frame.Record(),
                new Frame.Supply(5, List.of(new Code(job, 2, Items.copyOf(SEVEN, SEVEN)))));
        all.addAll(ofTheLifeline());
        all.addAll(codes());
        return all;
    }

    static List<byte[]> ofTheLifeline() {
        return encoded(
                new Frame.Birth(TOKEN, "/tmp/coppice-1000/ä/s"),
                new Frame.Interrupt(41, 45),
                new Frame.Recall(44, 42),
                new Frame.Hurry(43),
                new Frame.Condemn(43));
    }

    static List<byte[]> ofAWorker() {
        List<byte[]> all = encoded(
                Handshake.hello(TOKEN),
                new Frame.Ready(Items.copyOf(NULL_RETURNED)),
                new Frame.Answer(41, 1_000_000, Items.copyOf(NULL_RETURNED)),
                new Frame.Goodbye(),
                new Frame.Recalled(44, 42),
                new Frame.Condemned(43, List.of(new StackTraceElement("a.Job", "run", "Job.java", 177))),
                new Frame.Spent());
        all.addAll(rows());
        all.addAll(fetches());
        return all;
    }

    static List<byte[]> ofTheHandshake() {
        return encoded(Handshake.hello(TOKEN), new Frame.Hello(7, TOKEN), new Frame.Goodbye());
    }

    static List<byte[]> fetches() {
        return encoded(
                new Frame.Fetch(5, new CodeName(CodeName.Kind.CLASS, 2, "a.Job")),
                new Frame.Fetch(6, new CodeName(CodeName.Kind.RESOURCES, 0, "a/täxt")));
    }

    static List<byte[]> codes() {
        CodeName text = new CodeName(CodeName.Kind.RESOURCES, 2, "a/text");
        return encoded(
                new Frame.Supply(0, List.of()),
                new Frame.Supply(0, List.of(Code.nowhere(text), new Code(text, 0, row(7)))),
                new Frame.Supply(9, List.of(new Code(text, Code.TOO_LARGE, Items.NONE))));
    }

    /** Answers to many. */
    static List<byte[]> rows() {
        List<byte[]> all = new ArrayList<>();
        for (int count : new int[] {1, 2, 10, 200}) {
            Payload[] outcomes = new Payload[count];
            for (int i = 0; i < count; i++) outcomes[i] = Payload.of(new byte[] {(byte) (i % 4), 0x14, (byte) i});
            all.addAll(encoded(new Frame.Answer(7, 0, Items.copyOf(outcomes))));
        }
        return all;
    }

    private static Items row(int count) {
        Payload[] items = new Payload[count];
        for (int i = 0; i < count; i++) items[i] = Payload.of(new byte[i % 5]);
        return Items.copyOf(items);
    }

    private static List<byte[]> encoded(Frame... frames) {
        List<byte[]> all = new ArrayList<>();
        for (Frame frame : frames) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                new FrameEncoder((from, offset, length, given) -> bytes.write(from, offset, length)).encode(frame);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            all.add(bytes.toByteArray());
        }
        return all;
    }
}
