package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Single classes of the JDK that Kryo has no form for, or not a right one. */
final class JdkSerializers {
    private JdkSerializers() {}

    /** The one for this class, or null. */
    static @Nullable Serializer<?> of(Class<?> type) {
        if (type == Object.class) return new OfObject();
        if (type == Class.class) return new OfClass();
        if (type == UUID.class) return new OfUuid();
        if (type == Map.entry(1, 1).getClass()) return new OfEntry(true);
        if (type == AbstractMap.SimpleEntry.class) return new OfEntry(false);
        if (type == ZonedDateTime.class) return new OfZonedDateTime();
        if (type == Collections.nCopies(1, 1).getClass()) return new MadeLate(new OfCopies());
        return ByteBuffer.class.isAssignableFrom(type) ? new OfByteBuffer() : null;
    }

    /** As a lock, or to be told from all others: it is that there is one, and which. */
    private static final class OfObject extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output out, Object value) {}

        @Override
        public Object read(Kryo kryo, Input in, Class<?> type) {
            return new Object();
        }
    }

    /** A class as a value. (Kryo's would make of any exception's class Throwable itself.) */
    private static final class OfClass extends Serializer<Class<?>> {
        OfClass() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, Class<?> type) {
            if (type.isHidden())
                throw KryoSetup.sneaky(
                        Refusal.of(type, " that is hidden (" + type.getName() + "), which exists in this JVM only"));
            try {
                out.writeVarInt(((KryoSetup) kryo).names().loaderOf(type), true);
            } catch (NotSerializableException notThere) {
                throw KryoSetup.sneaky(notThere);
            }
            out.writeBoolean(type.isPrimitive());
            out.writeString(type.getName());
        }

        @Override
        public Class<?> read(Kryo kryo, Input in, Class<? extends Class<?>> itself) {
            int loader = in.readVarInt(true);
            boolean primitive = in.readBoolean();
            String name = in.readString();
            try {
                return primitive ? primitive(name) : ((KryoSetup) kryo).names().find(loader, name);
            } catch (ClassNotFoundException notThere) {
                throw KryoSetup.sneaky(notThere);
            }
        }

        private static Class<?> primitive(String name) throws ClassNotFoundException {
            return switch (name) {
                case "boolean" -> boolean.class;
                case "byte" -> byte.class;
                case "char" -> char.class;
                case "short" -> short.class;
                case "int" -> int.class;
                case "long" -> long.class;
                case "float" -> float.class;
                case "double" -> double.class;
                case "void" -> void.class;
                default -> throw new ClassNotFoundException(name);
            };
        }
    }

    private static final class OfUuid extends Serializer<UUID> {
        OfUuid() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, UUID id) {
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }

        @Override
        public UUID read(Kryo kryo, Input in, Class<? extends UUID> type) {
            return new UUID(in.readLong(), in.readLong());
        }
    }

    /** By the instant, which tells the two times of one hour apart when clocks are put back; Kryo's does not. */
    private static final class OfZonedDateTime extends Serializer<ZonedDateTime> {
        OfZonedDateTime() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, ZonedDateTime time) {
            out.writeLong(time.toEpochSecond());
            out.writeInt(time.getNano());
            out.writeString(time.getZone().getId());
        }

        @Override
        public ZonedDateTime read(Kryo kryo, Input in, Class<? extends ZonedDateTime> type) {
            Instant instant = Instant.ofEpochSecond(in.readLong(), in.readInt());
            return ZonedDateTime.ofInstant(instant, ZoneId.of(in.readString()));
        }
    }

    private static final class OfCopies extends Serializer<List<Object>> {
        @Override
        public void write(Kryo kryo, Output out, List<Object> copies) {
            out.writeVarInt(copies.size(), true);
            kryo.writeClassAndObject(out, copies.isEmpty() ? null : copies.get(0));
        }

        @Override
        public List<Object> read(Kryo kryo, Input in, Class<? extends List<Object>> type) {
            return Collections.nCopies(in.readVarInt(true), kryo.readClassAndObject(in));
        }
    }

    private static final class OfEntry extends Serializer<Map.Entry<Object, Object>> {
        private final boolean immutable;

        OfEntry(boolean immutable) {
            this.immutable = immutable;
        }

        @Override
        public void write(Kryo kryo, Output out, Map.Entry<Object, Object> entry) {
            References references = ((KryoSetup) kryo).references();
            references.begin();
            try {
                kryo.writeClassAndObject(out, entry.getKey());
                if (immutable) kryo.writeClassAndObject(out, entry.getValue());
            } finally {
                references.end();
            }
            if (!immutable) kryo.writeClassAndObject(out, entry.getValue());
        }

        @Override
        public Map.Entry<Object, Object> read(Kryo kryo, Input in, Class<? extends Map.Entry<Object, Object>> type) {
            Object key = kryo.readClassAndObject(in);
            if (immutable) return Map.entry(key, kryo.readClassAndObject(in));
            Map.Entry<Object, Object> entry = new AbstractMap.SimpleEntry<>(key, null);
            kryo.reference(entry);
            entry.setValue(kryo.readClassAndObject(in));
            return entry;
        }
    }

    /** All of its bytes, be they outside of what is between position and limit, and on the heap or not as it was. */
    private static final class OfByteBuffer extends Serializer<ByteBuffer> {
        private static final int DIRECT = 1;
        private static final int READ_ONLY = 2;
        private static final int LITTLE_ENDIAN = 4;

        @Override
        public void write(Kryo kryo, Output out, ByteBuffer buffer) {
            out.writeByte((buffer.isDirect() ? DIRECT : 0)
                    | (buffer.isReadOnly() ? READ_ONLY : 0)
                    | (buffer.order() == ByteOrder.LITTLE_ENDIAN ? LITTLE_ENDIAN : 0));
            byte[] bytes = new byte[buffer.capacity()];
            buffer.duplicate().clear().get(bytes);
            out.writeVarInt(bytes.length, true);
            out.writeVarInt(buffer.position(), true);
            out.writeVarInt(buffer.limit(), true);
            out.writeBytes(bytes);
        }

        @Override
        public ByteBuffer read(Kryo kryo, Input in, Class<? extends ByteBuffer> type) {
            int kind = in.readByte();
            int capacity = in.readVarInt(true);
            int position = in.readVarInt(true);
            int limit = in.readVarInt(true);
            byte[] bytes = in.readBytes(capacity);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if ((kind & DIRECT) != 0)
                buffer = ByteBuffer.allocateDirect(capacity).put(bytes).clear();
            if ((kind & READ_ONLY) != 0) buffer = buffer.asReadOnlyBuffer();
            buffer.order((kind & LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            return buffer.limit(limit).position(position);
        }
    }
}
