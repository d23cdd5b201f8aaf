package io.coppice.wire;

import org.jspecify.annotations.Nullable;

/** Every kind of frame with its code on the wire and who may send it. */
public enum FrameType {
    /** Over the child's stdin, first and once: where the socket lies and the token that opens it. */
    BIRTH(0x01, Sender.PARENT),
    /** The parent took the worker in; carries the initializer, if there is one. */
    WELCOME(0x02, Sender.PARENT),
    /** The parent knows the token but not the version; carries the reason. */
    REFUSED(0x03, Sender.PARENT),
    /** A function, once per worker; calls name it by id from then on. */
    FUNCTION(0x04, Sender.PARENT),
    /** One call of a function, or a chunk of items that is run as one. */
    CALL(0x05, Sender.PARENT),
    /** No further call will name this function. */
    FORGET(0x06, Sender.PARENT),
    /** Finish what was sent, say goodbye, end. */
    LEAVE(0x07, Sender.PARENT),
    /** Over the child's stdin: interrupt these calls, if they run or are still to run. */
    INTERRUPT(0x08, Sender.PARENT),
    /** Classes or resources, asked for by FETCH or before they are. */
    SUPPLY(0x09, Sender.PARENT),
    /** A class loader of the parent's is gone; so may be what the worker holds of it. */
    UNLOAD(0x0A, Sender.PARENT),
    /** Calls on one function that follow each other, each on its own. */
    CALLS(0x0B, Sender.PARENT),
    /** Over the child's stdin: give back what has not begun. */
    RECALL(0x0C, Sender.PARENT),
    /** Over the child's stdin: interrupt this one item, if it runs. */
    HURRY(0x0D, Sender.PARENT),
    /** Over the child's stdin: if this item still runs, begin nothing else, and say where it is; the worker will be killed. */
    CONDEMN(0x0E, Sender.PARENT),
    /** From here on the flight record is to hold outcomes too. */
    RECORD(0x0F, Sender.PARENT),

    /** The worker's first frame: version, token, pid. */
    HELLO(0x11, Sender.WORKER),
    /** The initializer has run; carries its outcome. Calls may come. */
    READY(0x12, Sender.WORKER),
    /** Outcomes of some or all items of one CALL or CALLS. */
    ANSWER(0x13, Sender.WORKER),
    /** The worker ends because it was asked to; an exit without one is a crash. */
    GOODBYE(0x14, Sender.WORKER),
    /** A class or resource that is not on the worker's class path. */
    FETCH(0x15, Sender.WORKER),
    /** What is given back after a RECALL. */
    RECALLED(0x16, Sender.WORKER),
    /** The answer to a CONDEMN. */
    CONDEMNED(0x17, Sender.WORKER),
    /** The worker has run out of memory, and should get no more calls. */
    SPENT(0x18, Sender.WORKER);

    /** Which side sends a frame; the other side's decoder accepts nothing else. */
    public enum Sender {
        PARENT,
        WORKER
    }

    private static final @Nullable FrameType[] BY_CODE = new FrameType[256];

    static {
        for (FrameType type : values()) BY_CODE[type.code & 0xFF] = type;
    }

    final byte code;
    final Sender sender;

    FrameType(int code, Sender sender) {
        this.code = (byte) code;
        this.sender = sender;
    }

    static @Nullable FrameType ofCode(byte code) {
        return BY_CODE[code & 0xFF];
    }
}
