package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object by Java serialization, but not what it holds: that is, each as a {@link Part}, written behind it by Kryo, in
 * the same graph. So it may be anything that can be sent at all, and what is shared stays shared.
 *
 * <p>The object is made when its parts are there. Where one of them refers back to it, it is written again with all that
 * Java serialization can hold in the same stream, as Java does it; those objects get numbers in the graph like others.
 */
final class JavaForm {
    /** What of an object goes into the stream with it. */
    enum Extent {
        /** The object alone, with what has no life of its own. */
        ALONE,
        /** A throwable with its causes and suppressed, which may refer to each other. */
        THROWABLES,
        /** All that is Serializable. */
        WHOLE
    }

    private JavaForm() {}

    static void write(KryoSetup kryo, Output out, Object value) {
        write(kryo, out, value, Extent.ALONE);
    }

    /** @return what was written with the object that can be referred to, in the order of their numbers */
    static Members write(KryoSetup kryo, Output out, Object value, Extent extent) {
        WriteMark mark = new WriteMark(kryo, out);
        try {
            return attempt(kryo, out, value, extent);
        } catch (RefersBack cycle) {
            mark.goBack();
            return attempt(kryo, out, value, Extent.WHOLE);
        } finally {
            mark.release();
        }
    }

    /** A part refers back to the object it is a part of. */
    private static final class RefersBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefersBack() {
            super(null, null, false, false);
        }
    }

    private static Members attempt(KryoSetup kryo, Output out, Object value, Extent extent) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        List<Object> members;
        List<Object> parts;
        int announced;
        try (JavaFormOutput stream = new JavaFormOutput(bytes, kryo, value, extent)) {
            announced = stream.announce();
            stream.writeObject(value);
            members = stream.members();
            stream.writeMembers();
            parts = stream.parts();
        } catch (IOException failed) {
            throw KryoSetup.sneaky(failed);
        }
        out.writeVarInt(bytes.size(), true);
        out.writeBytes(bytes.toByteArray());
        out.writeVarInt(announced, true);
        out.writeVarInt(members.size(), true);
        out.writeVarInt(parts.size(), true);
        // What takes its place (writeReplace) would not be it, where it is referred to.
        boolean canGoAsAWhole = extent != Extent.WHOLE && !JavaHooks.isReplacedInAStream(value.getClass());
        return parts(kryo, out, members, parts, canGoAsAWhole);
    }

    private static Members parts(
            KryoSetup kryo, Output out, List<Object> members, List<Object> parts, boolean canGoAsAWhole) {
        References references = kryo.references();
        int number = references.written() - 1;
        int first = number + 1;
        references.begin();
        for (Object member : members) references.addWrittenObject(member);
        references.begin(first, first + members.size() - 1);
        try {
            kryo.apart(() -> {
                for (Object part : parts) kryo.writeClassAndObject(out, part);
            });
        } catch (Throwable failure) {
            boolean refersBack = WriteTrail.cause(failure) instanceof Cycle cycle
                    && number <= cycle.number()
                    && cycle.number() < first + members.size();
            if (refersBack && canGoAsAWhole) throw new RefersBack();
            throw failure;
        } finally {
            references.end();
            references.end();
        }
        return new Members(first, members);
    }

    /** Objects that came into being with another, under the numbers from the first on. */
    record Members(int first, List<Object> objects) {}

    static Object read(KryoSetup kryo, CheckedInput in) {
        byte[] bytes = in.readBytes(in.readVarInt(true));
        int announced = in.readVarInt(true);
        int members = in.readVarInt(true);
        if (members < 0 || members > bytes.length)
            throw new IllegalArgumentException("more objects than bytes: count=" + members);
        References references = kryo.references();
        int first = references.read();
        for (int i = 0; i < members; i++) references.nextReadId(Object.class);
        List<@Nullable Object> parts = new ArrayList<>();
        int count = in.checked(in.readVarInt(true), 1);
        kryo.apart(() -> {
            for (int i = 0; i < count; i++) parts.add(kryo.readClassAndObject(in));
        });
        try (JavaFormInput stream = new JavaFormInput(bytes, kryo.names(), parts)) {
            for (int i = 0; i < announced; i++) stream.readObject();
            Object value = stream.readObject();
            if (members > 0) stream.readMembers(references, first, members);
            return value;
        } catch (IOException | ClassNotFoundException failed) {
            throw KryoSetup.sneaky(failed);
        }
    }
}
