package io.coppice;

/** Where the stdout and stderr of workers go. */
public enum Output {
    /** To the parent's own, as they come: what calls print appears where the program prints. */
    INHERIT,
    /** Nowhere. */
    DISCARD
}
