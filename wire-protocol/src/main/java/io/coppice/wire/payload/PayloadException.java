package io.coppice.wire.payload;

/** A value that cannot be turned into bytes, or bytes that cannot be turned into a value. Costs one call. */
public final class PayloadException extends Exception {
    private static final long serialVersionUID = 1;

    private final int argument;
    private final String place;
    private final String what;

    public PayloadException(String message, Throwable cause) {
        this(message, cause, 0, "", ": " + message);
    }

    /**
     * @param argument which of a call's arguments, from 1; 0 if that is not known
     * @param place where in it; empty for itself
     * @param what comes behind the place, with the space before it
     */
    PayloadException(String message, Throwable cause, int argument, String place, String what) {
        super(message, TooDeep.shortened(cause));
        this.argument = argument;
        this.place = place;
        this.what = what;
    }

    /** Which of a call's arguments cannot be written, from 1; 0 if it is not known or not one alone. */
    public int argument() {
        return argument;
    }

    /** The message as a sentence about a value that has this name. */
    public String about(String value) {
        return value + (place.isEmpty() ? "" : ObjectPath.ARROW + place) + what;
    }
}
