package io.coppice.wire;

import org.jspecify.annotations.Nullable;

/** How one item of a call ended in the worker; the first byte of every item in ANSWER and READY. */
public enum OutcomeKind {
    /** The payload is the function's result. */
    RETURNED(0),
    /** The payload is what the function threw. */
    THREW(1),
    /** The function or its arguments could not be read in the worker; the payload is the reason. */
    UNREADABLE_CALL(2),
    /** The function returned, but its result could not be encoded; the payload is the reason. */
    UNSENDABLE_RESULT(3);

    private static final OutcomeKind[] BY_CODE = values();

    private final byte code;

    OutcomeKind(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    static boolean isCode(byte code) {
        return code >= 0 && code < BY_CODE.length;
    }

    /** The kind with this code, or null: codes come from the other side and may be anything. */
    public static @Nullable OutcomeKind ofCode(byte code) {
        return isCode(code) ? BY_CODE[code] : null;
    }
}
