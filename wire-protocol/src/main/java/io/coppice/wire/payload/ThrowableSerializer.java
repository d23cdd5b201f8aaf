package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.NotSerializableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A throwable twice: its outline ({@link ThrowableOutline}), which always travels, and its {@link JavaForm} with its
 * causes and suppressed, where it has one. Read back from the second, or, where that fails, as a
 * {@link RemoteException} from the first: what was thrown is never lost.
 */
final class ThrowableSerializer extends Serializer<Throwable> {
    private static final byte OUTLINE_ALONE = 0;
    private static final byte EXACT = 1;

    @Override
    public void write(Kryo kryo, Output out, Throwable thrown) {
        KryoSetup setup = (KryoSetup) kryo;
        ThrowableOutline outline = new ThrowableOutline(out);
        outline.write(thrown);
        WriteMark mark = new WriteMark(setup, out);
        try {
            writeExact(setup, out, thrown, outline);
            mark.forgetNames();
        } catch (Throwable cannotBeSent) {
            mark.goBack();
            out.writeByte(OUTLINE_ALONE);
            setup.trail().note(cannotBeSent, thrown);
            out.writeString(why(setup, cannotBeSent));
        } finally {
            mark.release();
        }
    }

    /** The length, so that it can be skipped; the form; and what was written there that may be referred to. */
    private static void writeExact(KryoSetup kryo, Output out, Throwable thrown, ThrowableOutline outline) {
        out.writeByte(EXACT);
        int start = out.position();
        out.writeInt(0);
        JavaForm.Members members = JavaForm.write(kryo, out, thrown, JavaForm.Extent.THROWABLES);
        int end = out.position();
        out.setPosition(start);
        out.writeInt(end - start - Integer.BYTES);
        out.setPosition(end);
        int before = members.first();
        out.writeVarInt(kryo.references().written() - before, true);
        out.writeVarInt(members.objects().size(), true);
        for (Object member : members.objects()) out.writeVarInt(outline.numberOf(member), true);
    }

    private static String why(KryoSetup kryo, Throwable cannotBeSent) {
        PayloadException told = Unwritable.because(
                cannotBeSent,
                Unwritable.reason(cannotBeSent),
                null,
                kryo.trail().outermostFirst(cannotBeSent));
        return "the exception itself could not be sent: " + told.getMessage();
    }

    @Override
    public Throwable read(Kryo kryo, Input in, Class<? extends Throwable> type) {
        References references = ((KryoSetup) kryo).references();
        int itself = references.read() - 1;
        List<RemoteException> outline = ThrowableOutline.read((CheckedInput) in);
        RemoteException standIn = outline.get(0);
        if (in.readByte() == OUTLINE_ALONE) {
            NotSerializableException why = new NotSerializableException(in.readString());
            why.setStackTrace(new StackTraceElement[0]);
            standIn.addSuppressed(why);
            return standIn;
        }
        int end = in.position() + Integer.BYTES;
        end += ((CheckedInput) in).checked(in.readInt(), 1);
        try {
            Throwable thrown = (Throwable) JavaForm.read((KryoSetup) kryo, (CheckedInput) in);
            if (in.position() != end) throw new IllegalArgumentException("not as long as it says");
            skipNumbers(references, (CheckedInput) in, itself + 1, null);
            return thrown;
        } catch (Throwable unreadableHere) {
            if (unreadableHere instanceof VirtualMachineError && !(unreadableHere instanceof StackOverflowError))
                throw unreadableHere;
            standIn.addSuppressed(TooDeep.shortened(unreadableHere));
            references.replace(itself, standIn);
            in.setPosition(end);
            skipNumbers(references, (CheckedInput) in, itself + 1, outline);
            return standIn;
        }
    }

    private static void skipNumbers(
            References references, CheckedInput in, int first, @Nullable List<RemoteException> outline) {
        int given = in.readVarInt(true);
        int members = in.readVarInt(true);
        if (outline == null && first + given != references.read())
            throw new IllegalArgumentException("not as many objects as it says");
        if (given < 0 || given > in.taken() - first || members < 0 || members > given)
            throw new IllegalArgumentException("more objects than bytes: count=" + given);
        references.skipRead(first + given);
        for (int i = 0; i < members; i++) {
            int number = in.readVarInt(true);
            if (outline == null) continue;
            if (number > 0 && number <= outline.size()) references.setReadObject(first + i, outline.get(number - 1));
        }
    }
}
