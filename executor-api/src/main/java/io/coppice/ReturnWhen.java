package io.coppice;

/** When {@link Futures#wait} returns: Python's {@code return_when}. */
public enum ReturnWhen {
    /** When any future has ended or was cancelled. */
    FIRST_COMPLETED,
    /** When any future has ended with an exception; if none does, when all have ended. */
    FIRST_EXCEPTION,
    /** When all futures have ended or were cancelled. */
    ALL_COMPLETED
}
