package io.coppice.wire;

import java.nio.ByteBuffer;

/** From a complete body to its frame: every count and length inside is checked here, once. */
final class FrameBodies {
    private static final int MAX_TEXT_BYTES = 4096;

    private FrameBodies() {}

    /** The largest body a frame of this type can have, before the common limit. */
    static int maxBytes(FrameType type) {
        return switch (type) {
            case FORGET, LEAVE, INTERRUPT, UNLOAD, GOODBYE -> 0;
            case HELLO -> FrameLayout.HELLO_BYTES;
            case BIRTH -> FrameLayout.BIRTH_PATH + MAX_TEXT_BYTES;
            case REFUSED -> MAX_TEXT_BYTES;
            case FETCH -> FrameLayout.FETCH_NAME + CodeName.MAX_BYTES;
            case WELCOME, FUNCTION, CALL, READY, ANSWER, SUPPLY -> FrameDecoder.MAX_BODY_BYTES;
        };
    }

    private static int minBytes(FrameType type) {
        return switch (type) {
            case FORGET, LEAVE, INTERRUPT, UNLOAD, GOODBYE, REFUSED, READY, FUNCTION -> 0;
            case HELLO -> FrameLayout.HELLO_BYTES;
            case BIRTH -> FrameLayout.BIRTH_PATH;
            case WELCOME -> FrameLayout.WELCOME_ITEMS;
            case CALL -> FrameLayout.CALL_ITEMS;
            case ANSWER -> FrameLayout.ANSWER_ITEMS;
            case FETCH -> FrameLayout.FETCH_NAME;
            case SUPPLY -> FrameLayout.SUPPLY_ITEMS;
        };
    }

    static Frame read(FrameType type, long id, byte[] bytes, int length) throws WireException {
        if (length < minBytes(type))
            throw WireException.malformed(type, "length=" + length + ", least=" + minBytes(type));
        checkId(type, id);
        ByteBuffer body = ByteBuffer.wrap(bytes, 0, length);
        return switch (type) {
            case BIRTH ->
                new Frame.Birth(Token.of(bytes, FrameLayout.BIRTH_TOKEN), text(type, body, FrameLayout.BIRTH_PATH));
            case HELLO ->
                new Frame.Hello(
                        body.getShort(FrameLayout.HELLO_VERSION) & 0xFFFF,
                        Token.of(bytes, FrameLayout.HELLO_TOKEN),
                        body.getLong(FrameLayout.HELLO_PID));
            case WELCOME -> {
                int count = body.getInt(FrameLayout.WELCOME_COUNT);
                if (count != 0 && count != 1 && count != 3) throw WireException.malformed(type, "items=" + count);
                yield new Frame.Welcome(
                        body.getShort(FrameLayout.WELCOME_VERSION) & 0xFFFF,
                        items(type, count, bytes, FrameLayout.WELCOME_ITEMS, length, 0));
            }
            case REFUSED -> new Frame.Refused(text(type, body, 0));
            case READY -> new Frame.Ready(outcomes(type, 1, bytes, 0, length));
            case FUNCTION -> new Frame.Function(id, new Payload(bytes, 0, length));
            case CALL -> {
                int count = body.getInt(FrameLayout.CALL_COUNT);
                if (count < 1) throw WireException.malformed(type, "calls=" + count);
                yield new Frame.Call(
                        id,
                        body.getLong(FrameLayout.CALL_FUNCTION),
                        items(type, count, bytes, FrameLayout.CALL_ITEMS, length, 0));
            }
            case ANSWER -> {
                int first = body.getInt(FrameLayout.ANSWER_FIRST_ITEM);
                int count = body.getInt(FrameLayout.ANSWER_COUNT);
                long runNanos = body.getLong(FrameLayout.ANSWER_RUN_NANOS);
                if (first < 0 || count < 1 || first > Integer.MAX_VALUE - count || runNanos < 0)
                    throw WireException.malformed(
                            type, "firstItem=" + first + ", outcomes=" + count + ", runNanos=" + runNanos);
                yield new Frame.Answer(
                        id, first, runNanos, outcomes(type, count, bytes, FrameLayout.ANSWER_ITEMS, length));
            }
            case FORGET -> new Frame.Forget(id);
            case LEAVE -> new Frame.Leave();
            case INTERRUPT -> new Frame.Interrupt(id);
            case GOODBYE -> new Frame.Goodbye();
            case FETCH -> new Frame.Fetch(id, CodeForm.name(body));
            case SUPPLY -> {
                int count = body.getInt(FrameLayout.SUPPLY_COUNT);
                if (count < 0) throw WireException.malformed(type, "codes=" + count);
                Items items = items(type, count, bytes, FrameLayout.SUPPLY_ITEMS, length, FrameLayout.CODE_NAME);
                yield new Frame.Supply(id, CodeForm.codes(items));
            }
            case UNLOAD -> new Frame.Unload(id);
        };
    }

    private static void checkId(FrameType type, long id) throws WireException {
        boolean right = switch (type) {
            case CALL, ANSWER, INTERRUPT, FUNCTION, FORGET, FETCH -> id > 0;
            case UNLOAD -> id > 0 && id <= Integer.MAX_VALUE;
            case SUPPLY -> id >= 0;
            default -> id == 0;
        };
        if (!right) throw WireException.malformed(type, "id=" + id);
    }

    private static Items items(FrameType type, int count, byte[] bytes, int from, int to, int minLength)
            throws WireException {
        Items items = new Items(count, new Payload(bytes, from, to - from));
        items.check(type, minLength);
        return items;
    }

    private static Items outcomes(FrameType type, int count, byte[] bytes, int from, int to) throws WireException {
        Items items = items(type, count, bytes, from, to, FrameLayout.ITEM_OUTCOME_PAYLOAD);
        for (Items.Cursor item = items.cursor(); item.next(); ) {
            byte kind = item.bytes()[item.offset() + FrameLayout.ITEM_OUTCOME_KIND];
            if (OutcomeKind.ofCode(kind) == null) throw WireException.malformed(type, "outcomeKind=" + (kind & 0xFF));
        }
        return items;
    }

    private static String text(FrameType type, ByteBuffer body, int from) throws WireException {
        return CodeForm.text(type, body.position(from));
    }
}
