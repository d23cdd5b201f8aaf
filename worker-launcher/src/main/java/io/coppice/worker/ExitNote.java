package io.coppice.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From where System.exit was called in a worker: what the worker leaves in its folder, and the parent reads when it is
 * gone.
 */
public final class ExitNote {
    private static final String NAME = "exit";
    private static final int MOST_FRAMES = 32;

    private ExitNote() {}

    static void write(File folder, List<StackTraceElement> calledFrom) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(new File(folder, NAME)))) {
            for (StackTraceElement frame : calledFrom.subList(0, Math.min(calledFrom.size(), MOST_FRAMES))) {
                out.writeUTF(frame.getClassName());
                out.writeUTF(frame.getMethodName());
                out.writeUTF(frame.getFileName() == null ? "" : frame.getFileName());
                out.writeInt(frame.getLineNumber());
            }
        }
    }

    /** The caller first; empty if nobody has called, as far as is known. Of a note that is cut off, what is there. */
    public static List<StackTraceElement> read(File folder) {
        List<StackTraceElement> frames = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new FileInputStream(new File(folder, NAME)))) {
            while (frames.size() < MOST_FRAMES) {
                String type = in.readUTF();
                String method = in.readUTF();
                String source = in.readUTF();
                frames.add(new StackTraceElement(type, method, source.isEmpty() ? null : source, in.readInt()));
            }
        } catch (EOFException end) {
            // that is all
        } catch (IOException noneOrGarbage) {
            // then this is, too
        }
        return frames;
    }
}
