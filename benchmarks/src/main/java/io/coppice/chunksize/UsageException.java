package io.coppice.chunksize;

/** Something that the user can put right: the message is for them. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
