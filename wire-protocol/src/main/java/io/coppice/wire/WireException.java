package io.coppice.wire;

import java.io.IOException;

/**
 * The other side's bytes are not what the protocol says. The only exception that decoding throws, whatever the bytes;
 * the connection that carried them is of no further use, and nothing else is affected.
 */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1;

    /** What was wrong, for a test or a log to tell apart. */
    public enum Reason {
        BAD_MAGIC,
        RESERVED_BITS,
        UNKNOWN_TYPE,
        /** A known frame that this side does not accept, or not now. */
        UNEXPECTED_FRAME,
        BODY_TOO_LARGE,
        /** Lengths or counts inside the body that do not add up. */
        MALFORMED_BODY,
        /** The stream ended inside a frame. */
        TRUNCATED,
        WRONG_VERSION
    }

    private final Reason reason;

    public WireException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static WireException malformed(FrameType type, String detail) {
        return new WireException(Reason.MALFORMED_BODY, "malformed frame body: type=" + type + ", " + detail);
    }
}
