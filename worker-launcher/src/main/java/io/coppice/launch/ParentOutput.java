package io.coppice.launch;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What this JVM prints to. Looked up at each write: the program may have set another, and in JShell's tool only that is
 * shown, the descriptors are read by nobody.
 */
final class ParentOutput extends OutputStream {
    private final boolean isStderr;

    ParentOutput(boolean isStderr) {
        this.isStderr = isStderr;
    }

    @Override
    public void write(int one) {
        stream().write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        stream().write(bytes, from, length); // under its lock: what is written at once stays together
    }

    @Override
    public void flush() {
        stream().flush();
    }

    private PrintStream stream() {
        return isStderr ? System.err : System.out;
    }
}
