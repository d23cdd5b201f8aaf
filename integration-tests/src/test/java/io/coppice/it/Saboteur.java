package io.coppice.it;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** A value that fails, exits or dies where it is told to: when it is written or when it is read, in either JVM. */
final class Saboteur implements Serializable {
    private static final long serialVersionUID = 1;

    enum Deed {
        NOTHING,
        EXCEPTION,
        ERROR,
        EXIT,
        HALT
    }

    static final int EXIT_CODE = 21;
    static final int HALT_CODE = 22;

    private final Deed whenWritten;
    private final Deed whenRead;

    private Saboteur(Deed whenWritten, Deed whenRead) {
        this.whenWritten = whenWritten;
        this.whenRead = whenRead;
    }

    static Saboteur whenWritten(Deed deed) {
        return new Saboteur(deed, Deed.NOTHING);
    }

    static Saboteur whenRead(Deed deed) {
        return new Saboteur(Deed.NOTHING, deed);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        commit(whenWritten, "write fails on purpose");
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        commit(whenRead, "read fails on purpose");
    }

    static void commit(Deed deed, String message) {
        switch (deed) {
            case NOTHING -> {}
            case EXCEPTION -> throw new IllegalStateException(message);
            case ERROR -> throw new AssertionError(message);
            case EXIT -> System.exit(EXIT_CODE);
            case HALT -> Runtime.getRuntime().halt(HALT_CODE);
        }
    }
}
