package io.coppice.it;

/** A JShell that is typed into, line by line. */
interface JShellSession extends AutoCloseable {
    /** Types a snippet, and gives all that is answered: what it prints, and what JShell says of it. */
    String type(String snippet) throws Exception;

    /** The value of an expression, as JShell shows it: a string in quotes. */
    String value(String expression) throws Exception;

    /** Leaves the session, as {@code /exit} does. */
    @Override
    void close() throws Exception;
}
