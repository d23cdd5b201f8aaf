package io.coppice.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From a complete body to its frame: every count and length inside is checked here, once. */
final class FrameBodies {
    private static final int MAX_TEXT_BYTES = 4096;

    private FrameBodies() {}

    /** The largest body a frame of this type can have, before the common limit. */
    static int maxBytes(FrameType type) {
        return switch (type) {
            case FORGET, LEAVE, UNLOAD, HURRY, CONDEMN, RECORD, GOODBYE, SPENT -> 0;
            case CONDEMNED -> StackForm.MAX_BYTES;
            case INTERRUPT -> FrameLayout.INTERRUPT_BYTES;
            case RECALL -> FrameLayout.RECALL_BYTES;
            case RECALLED -> FrameLayout.RECALLED_BYTES;
            case HELLO -> FrameLayout.HELLO_BYTES;
            case BIRTH -> FrameLayout.BIRTH_PATH + MAX_TEXT_BYTES;
            case REFUSED -> MAX_TEXT_BYTES;
            case FETCH -> FrameLayout.FETCH_NAME + CodeName.MAX_BYTES;
            case WELCOME, FUNCTION, CALL, CALLS, READY, ANSWER, SUPPLY -> FrameDecoder.MAX_BODY_BYTES;
        };
    }

    private static int minBytes(FrameType type) {
        return switch (type) {
            case FORGET, LEAVE, UNLOAD, HURRY, CONDEMN, RECORD, CONDEMNED, GOODBYE, SPENT, REFUSED, READY, FUNCTION ->
                0;
            case INTERRUPT -> FrameLayout.INTERRUPT_BYTES;
            case RECALL -> FrameLayout.RECALL_BYTES;
            case RECALLED -> FrameLayout.RECALLED_BYTES;
            case HELLO -> FrameLayout.HELLO_BYTES;
            case BIRTH -> FrameLayout.BIRTH_PATH;
            case WELCOME -> FrameLayout.WELCOME_ITEMS;
            case CALL, CALLS -> FrameLayout.CALL_ITEMS;
            case ANSWER -> FrameLayout.ANSWER_ITEMS;
            case FETCH -> FrameLayout.FETCH_NAME;
            case SUPPLY -> FrameLayout.SUPPLY_ITEMS;
        };
    }

    /** How many bytes of the body stand before its items, where they may end in a {@link Payload#tail}; else 0. */
    static int bytesBeforeTailedItem(FrameType type) {
        return switch (type) {
            case CALL, CALLS -> FrameLayout.CALL_ITEMS;
            case ANSWER -> FrameLayout.ANSWER_ITEMS;
            default -> 0;
        };
    }

    /** @param length of the body without its tail, which only some types have */
    static Frame read(FrameType type, long id, byte[] bytes, int length, @Nullable Object tail) throws WireException {
        if (length < minBytes(type))
            throw WireException.malformed(type, "length=" + length + ", least=" + minBytes(type));
        checkId(type, id);
        ByteBuffer body = ByteBuffer.wrap(bytes, 0, length);
        return switch (type) {
            case BIRTH ->
                new Frame.Birth(Token.of(bytes, FrameLayout.BIRTH_TOKEN), text(type, body, FrameLayout.BIRTH_PATH));
            case HELLO ->
                new Frame.Hello(
                        body.getShort(FrameLayout.HELLO_VERSION) & 0xFFFF, Token.of(bytes, FrameLayout.HELLO_TOKEN));
            case WELCOME -> {
                int count = body.getInt(FrameLayout.WELCOME_COUNT);
                if (count != 0 && count != 1 && count != 3) throw WireException.malformed(type, "items=" + count);
                yield new Frame.Welcome(
                        body.getShort(FrameLayout.WELCOME_VERSION) & 0xFFFF,
                        items(type, count, bytes, FrameLayout.WELCOME_ITEMS, length, null, 0));
            }
            case REFUSED -> new Frame.Refused(text(type, body, 0));
            case READY -> new Frame.Ready(outcomes(type, 1, bytes, 0, length, null));
            case FUNCTION -> new Frame.Function(id, new Payload(bytes, 0, length));
            case CALL, CALLS -> {
                int count = body.getInt(FrameLayout.CALL_COUNT);
                checkTurns(type, id, count);
                long function = body.getLong(FrameLayout.CALL_FUNCTION);
                Items arguments = items(type, count, bytes, FrameLayout.CALL_ITEMS, length, tail, 0);
                yield type == FrameType.CALL
                        ? new Frame.Call(id, function, arguments)
                        : new Frame.Calls(id, function, arguments);
            }
            case ANSWER -> {
                int count = body.getInt(FrameLayout.ANSWER_COUNT);
                checkTurns(type, id, count);
                long runNanos = body.getLong(FrameLayout.ANSWER_RUN_NANOS);
                if (runNanos < 0) throw WireException.malformed(type, "runNanos=" + runNanos);
                yield new Frame.Answer(
                        id, runNanos, outcomes(type, count, bytes, FrameLayout.ANSWER_ITEMS, length, tail));
            }
            case RECALL -> {
                long from = body.getLong(FrameLayout.RECALL_FROM);
                if (from < 1 || from > id) throw WireException.malformed(type, "upTo=" + id + ", from=" + from);
                yield new Frame.Recall(id, from);
            }
            case RECALLED -> {
                long kept = body.getLong(FrameLayout.RECALLED_KEPT);
                if (kept < 0 || kept >= id) throw WireException.malformed(type, "upTo=" + id + ", kept=" + kept);
                yield new Frame.Recalled(id, kept);
            }
            case INTERRUPT -> {
                long last = body.getLong(FrameLayout.INTERRUPT_LAST);
                if (last < id) throw WireException.malformed(type, "first=" + id + ", last=" + last);
                yield new Frame.Interrupt(id, last);
            }
            case FORGET -> new Frame.Forget(id);
            case LEAVE -> new Frame.Leave();
            case GOODBYE -> new Frame.Goodbye();
            case FETCH -> new Frame.Fetch(id, CodeForm.name(body));
            case SUPPLY -> {
                int count = body.getInt(FrameLayout.SUPPLY_COUNT);
                if (count < 0) throw WireException.malformed(type, "codes=" + count);
                Items items = items(type, count, bytes, FrameLayout.SUPPLY_ITEMS, length, null, FrameLayout.CODE_NAME);
                yield new Frame.Supply(id, CodeForm.codes(items));
            }
            case UNLOAD -> new Frame.Unload(id);
            case HURRY -> new Frame.Hurry(id);
            case CONDEMN -> new Frame.Condemn(id);
            case RECORD -> new Frame.Record();
            case CONDEMNED -> new Frame.Condemned(id, StackForm.stack(text(type, body, 0)));
            case SPENT -> new Frame.Spent();
        };
    }

    private static void checkId(FrameType type, long id) throws WireException {
        boolean right = switch (type) {
            case CALL, CALLS, ANSWER, RECALL, RECALLED, INTERRUPT, HURRY, CONDEMN, CONDEMNED, FUNCTION, FORGET, FETCH ->
                id > 0;
            case UNLOAD -> id > 0 && id <= Integer.MAX_VALUE;
            case SUPPLY -> id >= 0;
            default -> id == 0;
        };
        if (!right) throw WireException.malformed(type, "id=" + id);
    }

    /** So that the sum of a turn and a count needs no care anywhere else. */
    private static void checkTurns(FrameType type, long first, int count) throws WireException {
        if (count < 1 || first > Long.MAX_VALUE - count)
            throw WireException.malformed(type, "turn=" + first + ", items=" + count);
    }

    private static Items items(
            FrameType type, int count, byte[] bytes, int from, int to, @Nullable Object tail, int minLength)
            throws WireException {
        Items items = new Items(count, Payload.of(bytes, from, to - from, tail));
        items.check(type, minLength);
        return items;
    }

    private static Items outcomes(FrameType type, int count, byte[] bytes, int from, int to, @Nullable Object tail)
            throws WireException {
        Items outcomes = new Items(count, Payload.of(bytes, from, to - from, tail));
        outcomes.checkOutcomes(type);
        return outcomes;
    }

    private static String text(FrameType type, ByteBuffer body, int from) throws WireException {
        return CodeForm.text(type, body.position(from));
    }
}
