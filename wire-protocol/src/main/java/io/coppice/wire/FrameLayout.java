package io.coppice.wire;

/**
 * Where everything lies in a frame. All numbers are big-endian; no other class knows an offset.
 *
 * <pre>
 *    0       1       2       3       4       5       6       7
 *  +-------+-------+-------+-------+-------+-------+-------+-------+
 *  | 0xC0  | type  |   reserved=0  |      body length (u31)        |
 *  +-------+-------+-------+-------+-------+-------+-------+-------+
 *  |                         id (i64)                              |
 *  +-------+-------+-------+-------+-------+-------+-------+-------+
 *  | body: `body length` bytes, see {@link FrameType}              |
 * </pre>
 *
 * The id is a turn in CALL, CALLS, ANSWER, RECALL, RECALLED and INTERRUPT, a function's in FUNCTION and FORGET, a
 * request's in FETCH and SUPPLY, a loader's in UNLOAD, and zero elsewhere. It stands apart from the body so that a body
 * that cannot be read still tells which call it costs.
 *
 * <p>A turn is an item's place in the row of all that one worker was sent: the first has turn 1. A frame with several
 * items names the turn of the first; the others follow.
 */
final class FrameLayout {
    static final int MAGIC_OFFSET = 0;
    static final int TYPE_OFFSET = 1;
    static final int RESERVED_OFFSET = 2;
    static final int BODY_LENGTH_OFFSET = 4;
    static final int ID_OFFSET = 8;
    static final int HEADER_BYTES = 16;

    /** First byte of every frame: a reader that lost its place notices at the next header. */
    static final byte MAGIC = (byte) 0xC0;

    static final int TOKEN_BYTES = 32;

    // BIRTH: token, then the socket's path in UTF-8 to the end of the body.
    static final int BIRTH_TOKEN = 0;
    static final int BIRTH_PATH = BIRTH_TOKEN + TOKEN_BYTES;

    // HELLO: the version comes first, now and in every version to come.
    static final int HELLO_VERSION = 0; // u16
    static final int HELLO_TOKEN = HELLO_VERSION + 2;
    static final int HELLO_BYTES = HELLO_TOKEN + TOKEN_BYTES;

    // WELCOME: no items; or one, the user's serializers; or three, with the initializer's function and its arguments.
    static final int WELCOME_VERSION = 0; // u16
    static final int WELCOME_COUNT = WELCOME_VERSION + 2; // i32: 0, 1 or 3
    static final int WELCOME_ITEMS = WELCOME_COUNT + 4;

    // CALL, CALLS
    static final int CALL_FUNCTION = 0; // i64
    static final int CALL_COUNT = CALL_FUNCTION + 8; // i32, at least 1
    static final int CALL_ITEMS = CALL_COUNT + 4;

    // ANSWER
    static final int ANSWER_COUNT = 0; // i32, at least 1
    static final int ANSWER_RUN_NANOS = ANSWER_COUNT + 4; // i64, time spent on these items
    static final int ANSWER_ITEMS = ANSWER_RUN_NANOS + 8;

    // RECALL: the id is the last turn sent.
    static final int RECALL_FROM = 0; // i64, 1 to the id
    static final int RECALL_BYTES = RECALL_FROM + 8;

    // RECALLED: the id is that of the RECALL.
    static final int RECALLED_KEPT = 0; // i64, 0 to the id - 1
    static final int RECALLED_BYTES = RECALLED_KEPT + 8;

    // INTERRUPT: the id is the first turn.
    static final int INTERRUPT_LAST = 0; // i64, at least the id
    static final int INTERRUPT_BYTES = INTERRUPT_LAST + 8;

    // FETCH: the kind, the loader, then the name in UTF-8 to the end of the body.
    static final int FETCH_KIND = 0; // u8
    static final int FETCH_LOADER = FETCH_KIND + 1; // i32
    static final int FETCH_NAME = FETCH_LOADER + 4;

    // SUPPLY: items, each a Code: what was asked for, then the contents as items to the end.
    static final int SUPPLY_COUNT = 0; // i32
    static final int SUPPLY_ITEMS = SUPPLY_COUNT + 4;
    static final int CODE_KIND = 0; // u8
    static final int CODE_LOADER = CODE_KIND + 1; // i32
    static final int CODE_DEFINER = CODE_LOADER + 4; // i32
    static final int CODE_CONTENTS = CODE_DEFINER + 4; // i32
    static final int CODE_NAME_LENGTH = CODE_CONTENTS + 4; // i32
    static final int CODE_NAME = CODE_NAME_LENGTH + 4;

    // An item: its length (i32), then that many bytes. In ANSWER and READY the first of them is an OutcomeKind.
    static final int ITEM_LENGTH_BYTES = 4;
    static final int ITEM_OUTCOME_KIND = 0;
    static final int ITEM_OUTCOME_PAYLOAD = ITEM_OUTCOME_KIND + 1;

    private FrameLayout() {}
}
