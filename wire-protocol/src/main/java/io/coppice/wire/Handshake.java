package io.coppice.wire;

import io.coppice.wire.WireException.Reason;

/**
 * How a worker and its parent come together:
 *
 * <pre>
 *   parent                               worker
 *     | -- stdin:  BIRTH(token, path) ---> |      reads nothing else before it
 *     | <- socket: HELLO(version, token) - |      the first bytes on the socket; anything else cuts the stranger off
 *     | -- socket: WELCOME(setup) -------> |      or REFUSED(reason) when only the version is wrong
 *     | <- socket: READY(outcome) -------- |      after the initializer ran; then calls and answers
 * </pre>
 *
 * A token opens one connection once. Until it was seen, nothing but a HELLO of exactly its size is read.
 */
public final class Handshake {
    /** Counts up with every change to a frame that an older side could misread. */
    public static final int VERSION = 1;

    private Handshake() {}

    public static Frame.Hello hello(Token token) {
        return new Frame.Hello(VERSION, token);
    }

    public static Frame.Welcome welcome(Items setup) {
        return new Frame.Welcome(VERSION, setup);
    }

    /** What a worker with the right token and another version is told. */
    public static String wrongVersion(int theirs) {
        return "worker speaks another version of the wire protocol: parent=" + VERSION + ", worker=" + theirs
                + "; two Coppice versions are on the class path, keep one";
    }

    /** The worker's side: throws what the parent's answer to HELLO means if it is not a welcome. */
    public static Frame.Welcome expectWelcome(Frame answer) throws WireException {
        if (answer instanceof Frame.Welcome welcome) {
            if (welcome.version() == VERSION) return welcome;
            throw new WireException(
                    Reason.WRONG_VERSION, "parent version=" + welcome.version() + ", worker version=" + VERSION);
        }
        if (answer instanceof Frame.Refused refused) throw new WireException(Reason.WRONG_VERSION, refused.reason());
        throw new WireException(Reason.UNEXPECTED_FRAME, "instead of WELCOME came type=" + answer.type());
    }
}
