package com.acme.app;

/** Neither Serializable nor in a package that is open. */
final class Closed {
    private final int number = 7;

    @Override
    public String toString() {
        return "closed " + number;
    }
}
