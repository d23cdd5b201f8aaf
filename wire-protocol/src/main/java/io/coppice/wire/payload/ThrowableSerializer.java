package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A throwable twice: its outline (class, message, trace, cause, suppressed), which always travels, and its Java
 * serialization, where it has one. Read back from the second, or, where that fails, as a {@link RemoteException} from
 * the first: what was thrown is never lost.
 */
final class ThrowableSerializer extends Serializer<Throwable> {
    /** Causes and suppressed further down than this are cut; each is outlined once, as they may form any graph. */
    private static final int MAX_DEPTH = 16;

    @Override
    public void write(Kryo kryo, Output out, Throwable thrown) {
        writeOutline(out, thrown, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
        byte[] exact = exactForm(thrown, ((KryoSetup) kryo).space());
        out.writeVarInt(exact == null ? 0 : exact.length, true);
        if (exact != null) out.writeBytes(exact);
    }

    @Override
    public Throwable read(Kryo kryo, Input in, Class<? extends Throwable> type) {
        RemoteException standIn = readOutline(in);
        byte[] exact = in.readBytes(in.readVarInt(true));
        if (exact.length == 0) return standIn;
        try {
            return (Throwable) JavaFormSerializer.fromBytes(exact, ((KryoSetup) kryo).space());
        } catch (IOException
                | ClassNotFoundException
                | RuntimeException
                | LinkageError
                | StackOverflowError unreadableHere) {
            standIn.addSuppressed(unreadableHere);
            return standIn;
        }
    }

    private static byte @Nullable [] exactForm(Throwable thrown, ClassSpace space) {
        try {
            return JavaFormSerializer.toBytes(thrown, space);
        } catch (Throwable notSerializable) {
            return null;
        }
    }

    private static void writeOutline(Output out, Throwable thrown, int depth, Set<Throwable> written) {
        written.add(thrown);
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
        if (cause != null && written.contains(cause)) cause = null;
        out.writeBoolean(cause != null);
        if (cause != null) writeOutline(out, cause, depth + 1, written);
        for (Throwable each : depth < MAX_DEPTH ? thrown.getSuppressed() : new Throwable[0]) {
            if (written.contains(each)) continue;
            out.writeBoolean(true);
            writeOutline(out, each, depth + 1, written);
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

    private static RemoteException readOutline(Input in) {
        String className = in.readString();
        String message = in.readString();
        String text = in.readString();
        StackTraceElement[] trace = new StackTraceElement[checked(in, in.readVarInt(true))];
        for (int i = 0; i < trace.length; i++)
            trace[i] = new StackTraceElement(in.readString(), in.readString(), in.readString(), in.readVarInt(false));
        Throwable cause = in.readBoolean() ? readOutline(in) : null;
        RemoteException standIn =
                new RemoteException(className, message, text == null ? className : text, trace, cause);
        while (in.readBoolean()) standIn.addSuppressed(readOutline(in));
        return standIn;
    }

    /** Each element takes a byte at least: more of them than bytes is a lie. */
    private static int checked(Input in, int count) {
        if (count < 0 || count > in.limit() - in.position())
            throw new IllegalArgumentException("more elements than bytes: count=" + count);
        return count;
    }
}
