package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A value as its Java serialization behind its length. (Kryo's JavaSerializer lets a made-up array length through to
 * the allocation.)
 */
final class JavaFormSerializer extends Serializer<Object> {
    /** Arrays inside may be this many times longer than the bytes: a map's table is larger than the map. */
    private static final int LENGTH_PER_BYTE = 8;

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        try {
            byte[] bytes = toBytes(value, ((KryoSetup) kryo).space());
            out.writeVarInt(bytes.length, true);
            out.writeBytes(bytes);
        } catch (IOException failed) {
            throw KryoSetup.sneaky(failed);
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        try {
            return fromBytes(in.readBytes(in.readVarInt(true)), ((KryoSetup) kryo).space());
        } catch (IOException | ClassNotFoundException failed) {
            throw KryoSetup.sneaky(failed);
        }
    }

    static byte[] toBytes(Object value, ClassSpace space) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (WatchingObjectOutputStream stream = new WatchingObjectOutputStream(bytes, space)) {
            stream.writeObject(value);
            if (!stream.needsALookAtEach) return bytes.toByteArray();
        } catch (NotSerializableException namesTheClassAlone) {
            // the second try tells which object
        }
        bytes.reset();
        try (ObjectOutputStream stream = new ReplacingObjectOutputStream(bytes, space)) {
            stream.writeObject(value);
        }
        return bytes.toByteArray();
    }

    static Object fromBytes(byte[] bytes, ClassSpace space) throws IOException, ClassNotFoundException {
        try (LoaderObjectInputStream stream = new LoaderObjectInputStream(bytes, space)) {
            return stream.readObject();
        }
    }

    /** Sees each class once: that costs next to nothing. A future's may be that of an object, or itself the value. */
    private static final class WatchingObjectOutputStream extends ObjectOutputStream {
        private final ClassSpace space;
        private boolean needsALookAtEach;

        WatchingObjectOutputStream(OutputStream out, ClassSpace space) throws IOException {
            super(out);
            this.space = space;
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            writeInt(space.loaderOf(type));
            if (Future.class.isAssignableFrom(type) || type == NullPointerException.class) needsALookAtEach = true;
        }
    }

    /** Sees each object, which takes a third longer: for when one is refused, or loses something. */
    private static final class ReplacingObjectOutputStream extends ObjectOutputStream {
        private final ClassSpace space;
        private final Map<NullPointerException, NullPointerException> inWords = new IdentityHashMap<>();

        ReplacingObjectOutputStream(OutputStream out, ClassSpace space) throws IOException {
            super(out);
            this.space = space;
            enableReplaceObject(true);
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            writeInt(space.loaderOf(type));
        }

        @Override
        protected @Nullable Object replaceObject(@Nullable Object value) throws IOException {
            if (value == null) return null; // what a writeReplace has returned
            if (!(value instanceof Serializable) || value instanceof Future && !(value instanceof Enum))
                throw Refusal.of(value);
            if (value.getClass() != NullPointerException.class) return value;
            NullPointerException known = inWords.get(value);
            if (known == null) inWords.put((NullPointerException) value, known = inWords((NullPointerException) value));
            return known;
        }

        /** With the message that says what was null: the JVM makes it when it is asked, and only where it was thrown. */
        private static NullPointerException inWords(NullPointerException thrown) {
            NullPointerException copy = new NullPointerException(thrown.getMessage());
            copy.setStackTrace(thrown.getStackTrace());
            if (thrown.getCause() != null) copy.initCause(thrown.getCause());
            for (Throwable each : thrown.getSuppressed()) copy.addSuppressed(each);
            return copy;
        }
    }

    private static final class LoaderObjectInputStream extends ObjectInputStream {
        private final ClassSpace space;

        LoaderObjectInputStream(byte[] bytes, ClassSpace space) throws IOException {
            this(new ByteArrayInputStream(bytes), space);
            long longest = (long) bytes.length * LENGTH_PER_BYTE;
            ObjectInputFilter lengths = seen -> seen.arrayLength() > longest
                    ? ObjectInputFilter.Status.REJECTED
                    : ObjectInputFilter.Status.UNDECIDED;
            // A stream's own filter would replace the one the user set for the whole JVM.
            setObjectInputFilter(ObjectInputFilter.merge(lengths, ObjectInputFilter.Config.getSerialFilter()));
        }

        private LoaderObjectInputStream(InputStream in, ClassSpace space) throws IOException {
            super(in);
            this.space = space;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            String name = description.getName();
            int loader = readInt(); // by annotateClass
            return name.indexOf('.') < 0 && PRIMITIVES.contains(name)
                    ? super.resolveClass(description)
                    : space.find(loader, name);
        }
    }
}
