package io.coppice.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Turns frames into bytes: a header and the fixed part of the body from a small buffer of its own, then the payload
 * as it is. Confined to one thread.
 */
public final class FrameEncoder {
    private final byte[] scratch = new byte[128];
    private final ByteBuffer fixed = ByteBuffer.wrap(scratch);
    private final ByteSink sink;

    public FrameEncoder(ByteSink sink) {
        this.sink = sink;
    }

    /** Bytes that a call's frame holds beside its items. */
    public static int callOverheadBytes() {
        return FrameLayout.HEADER_BYTES + FrameLayout.CALL_ITEMS;
    }

    public void encode(Frame frame) throws IOException {
        fixed.clear().position(FrameLayout.HEADER_BYTES);
        // A switch over sealed types reads better, but needs Java 21.
        if (frame instanceof Frame.Call call) {
            calls(frame, call.functionId(), call.arguments());
        } else if (frame instanceof Frame.Calls calls) {
            calls(frame, calls.functionId(), calls.arguments());
        } else if (frame instanceof Frame.Answer answer) {
            fixed.putInt(answer.outcomes().count()).putLong(answer.runNanos());
            write(frame, answer.outcomes().region());
        } else if (frame instanceof Frame.Function function) {
            write(frame, function.function());
        } else if (frame instanceof Frame.Birth birth) {
            fixed.put(birth.token().bytes());
            write(frame, text(birth.socketPath()));
        } else if (frame instanceof Frame.Hello hello) {
            fixed.putShort((short) hello.version()).put(hello.token().bytes());
            write(frame, NOTHING);
        } else if (frame instanceof Frame.Welcome welcome) {
            fixed.putShort((short) welcome.version()).putInt(welcome.setup().count());
            write(frame, welcome.setup().region());
        } else if (frame instanceof Frame.Refused refused) {
            write(frame, text(refused.reason()));
        } else if (frame instanceof Frame.Ready ready) {
            write(frame, ready.outcome().region());
        } else if (frame instanceof Frame.Fetch fetch) {
            fixed.put(fetch.wanted().kind().code).putInt(fetch.wanted().loader());
            write(frame, text(fetch.wanted().name()));
        } else if (frame instanceof Frame.Supply supply) {
            Items items = CodeForm.items(supply.codes());
            fixed.putInt(items.count());
            write(frame, items.region());
        } else if (frame instanceof Frame.Recall recall) {
            fixed.putLong(recall.from());
            write(frame, NOTHING);
        } else if (frame instanceof Frame.Recalled recalled) {
            fixed.putLong(recalled.kept());
            write(frame, NOTHING);
        } else if (frame instanceof Frame.Interrupt interrupt) {
            fixed.putLong(interrupt.last());
            write(frame, NOTHING);
        } else if (frame instanceof Frame.Condemned condemned) {
            write(frame, Payload.of(StackForm.bytes(condemned.stack())));
        } else {
            // FORGET, LEAVE, UNLOAD, HURRY, CONDEMN, RECORD, GOODBYE, SPENT: the header says it all
            write(frame, NOTHING);
        }
    }

    private void calls(Frame frame, long functionId, Items arguments) throws IOException {
        fixed.putLong(functionId).putInt(arguments.count());
        write(frame, arguments.region());
    }

    private static final Payload NOTHING = Payload.of(new byte[0]);

    private static Payload text(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Frame frame, Payload rest) throws IOException {
        int fixedEnd = fixed.position();
        fixed.put(FrameLayout.MAGIC_OFFSET, FrameLayout.MAGIC)
                .put(FrameLayout.TYPE_OFFSET, frame.type().code)
                .putShort(FrameLayout.RESERVED_OFFSET, (short) 0)
                .putInt(FrameLayout.BODY_LENGTH_OFFSET, fixedEnd - FrameLayout.HEADER_BYTES + rest.length())
                .putLong(FrameLayout.ID_OFFSET, frame.id());
        sink.write(scratch, 0, fixedEnd, false);
        if (rest.headLength() > 0) sink.write(rest.head(), rest.offset(), rest.headLength(), true);
        Elements tail = rest.elements();
        if (tail != null) sink.write(tail);
    }
}
