package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be told of any throwable: class, message, trace, and the same of its causes and suppressed. */
final class ThrowableOutline {
    /** Causes and suppressed further down than this are cut; each is outlined once, as they may form any graph. */
    private static final int MAX_DEPTH = 16;

    private final Output out;
    private final IdentityHashMap<Throwable, Integer> written = new IdentityHashMap<>();

    ThrowableOutline(Output out) {
        this.out = out;
    }

    void write(Throwable thrown) {
        write(thrown, 0);
    }

    /** Which of those that were told this is, from 1; 0 if it was cut. */
    int numberOf(Object thrown) {
        return written.getOrDefault(thrown, 0);
    }

    private void write(Throwable thrown, int depth) {
        written.put(thrown, written.size() + 1);
        out.writeString(thrown.getClass().getName());
        out.writeString(askedText(thrown::getMessage));
        out.writeString(askedText(thrown::toString));
        StackTraceElement[] trace = asked(thrown::getStackTrace);
        if (trace == null) trace = new StackTraceElement[0];
        out.writeVarInt(trace.length, true);
        for (StackTraceElement frame : trace) {
            out.writeString(frame.getClassName());
            out.writeString(frame.getMethodName());
            out.writeString(frame.getFileName());
            out.writeVarInt(frame.getLineNumber(), false);
        }
        Throwable cause = depth < MAX_DEPTH ? asked(thrown::getCause) : null;
        if (cause != null && written.containsKey(cause)) cause = null;
        out.writeBoolean(cause != null);
        if (cause != null) write(cause, depth + 1);
        for (Throwable each : depth < MAX_DEPTH ? thrown.getSuppressed() : new Throwable[0]) {
            if (written.containsKey(each)) continue;
            out.writeBoolean(true);
            write(each, depth + 1);
        }
        out.writeBoolean(false);
    }

    /** What a user's throwable tells of itself; null where its own method throws. */
    private static <T> @Nullable T asked(Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (Throwable failed) {
            return null;
        }
    }

    private static @Nullable String askedText(Supplier<@Nullable String> question) {
        try {
            return question.get();
        } catch (Throwable failed) {
            return "(threw " + failed.getClass().getName() + ")";
        }
    }

    /** The throwable's own stand-in first, then those of the others, as they were numbered. */
    static List<RemoteException> read(CheckedInput in) {
        List<@Nullable RemoteException> read = new ArrayList<>();
        read(in, read);
        return read;
    }

    private static RemoteException read(CheckedInput in, List<@Nullable RemoteException> read) {
        int place = read.size();
        read.add(null);
        String className = in.readString();
        String message = in.readString();
        String text = in.readString();
        StackTraceElement[] trace = new StackTraceElement[in.checked(in.readVarInt(true), 1)];
        for (int i = 0; i < trace.length; i++)
            trace[i] = new StackTraceElement(in.readString(), in.readString(), in.readString(), in.readVarInt(false));
        Throwable cause = in.readBoolean() ? read(in, read) : null;
        RemoteException standIn =
                new RemoteException(className, message, text == null ? className : text, trace, cause);
        read.set(place, standIn);
        while (in.readBoolean()) standIn.addSuppressed(read(in, read));
        return standIn;
    }
}
