package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record as its components, in order, made again by its canonical constructor: what that throws, the read throws.
 * (Kryo's looks up every accessor for every record.) A primitive goes as itself, a component of a final class without
 * that class, any other with its class.
 *
 * <p>What is written is what the fields hold, as with every other class, and not what accessors say: one that hands out
 * a copy of an array would end the sharing of it. Only where the package is not open to us do the accessors of a public
 * record have to do.
 */
final class RecordSerializer extends Serializer<Object> {
    /** Kept with the class, not in a map, which would keep the class alive. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final Shape shape;
    /** For components of final classes, as Kryo chose them at first use; null for others. */
    private final @Nullable Serializer<?>[] serializers;

    /** @throws IllegalArgumentException if neither the fields nor the accessors of these records can be had */
    RecordSerializer(Class<?> type) {
        super(false, true);
        this.shape = SHAPES.get(type);
        this.serializers = new Serializer<?>[shape.kinds.length];
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        Shape shape = this.shape;
        try {
            for (int i = 0; i < shape.kinds.length; i++) {
                MethodHandle part = shape.parts[i];
                switch (shape.kinds[i]) {
                    case 'Z' -> out.writeBoolean((boolean) part.invokeExact(value));
                    case 'B' -> out.writeByte((byte) part.invokeExact(value));
                    case 'C' -> out.writeChar((char) part.invokeExact(value));
                    case 'S' -> out.writeShort((short) part.invokeExact(value));
                    case 'I' -> out.writeVarInt((int) part.invokeExact(value), false);
                    case 'J' -> out.writeVarLong((long) part.invokeExact(value), false);
                    case 'F' -> out.writeFloat((float) part.invokeExact(value));
                    case 'D' -> out.writeDouble((double) part.invokeExact(value));
                    default -> writeObject(kryo, out, (Object) part.invokeExact(value), i);
                }
            }
        } catch (Throwable failed) {
            throw KryoSetup.sneaky(failed);
        }
    }

    private void writeObject(Kryo kryo, Output out, @Nullable Object part, int i) {
        Class<?> type = shape.types[i];
        if (kryo.isFinal(type)) kryo.writeObjectOrNull(out, part, serializer(kryo, i));
        else kryo.writeClassAndObject(out, part);
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        Shape shape = this.shape;
        @Nullable Object[] parts = new Object[shape.kinds.length];
        for (int i = 0; i < parts.length; i++)
            parts[i] = switch (shape.kinds[i]) {
                case 'Z' -> in.readBoolean();
                case 'B' -> in.readByte();
                case 'C' -> in.readChar();
                case 'S' -> in.readShort();
                case 'I' -> in.readVarInt(false);
                case 'J' -> in.readVarLong(false);
                case 'F' -> in.readFloat();
                case 'D' -> in.readDouble();
                default -> readObject(kryo, in, i);
            };
        try {
            return (Object) shape.constructor.invokeExact(parts);
        } catch (Throwable refusedByTheRecord) {
            throw KryoSetup.sneaky(refusedByTheRecord);
        }
    }

    private @Nullable Object readObject(Kryo kryo, Input in, int i) {
        Class<?> type = shape.types[i];
        return kryo.isFinal(type) ? kryo.readObjectOrNull(in, type, serializer(kryo, i)) : kryo.readClassAndObject(in);
    }

    /** Not before it is needed: a record may have a component of its own class, in an array say. */
    private Serializer<?> serializer(Kryo kryo, int i) {
        Serializer<?> serializer = serializers[i];
        if (serializer == null) serializers[i] = serializer = kryo.getSerializer(shape.types[i]);
        return serializer;
    }

    /**
     * How the records of one class are taken apart and made.
     *
     * @param kinds the first letter of each component's descriptor: I for an int, L for an object
     * @param parts a getter for each component: (Object)int for an int, (Object)Object for an object
     * @param constructor (Object[])Object
     */
    private record Shape(Class<?>[] types, char[] kinds, MethodHandle[] parts, MethodHandle constructor) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            char[] kinds = new char[types.length];
            for (int i = 0; i < types.length; i++)
                kinds[i] = types[i].descriptorString().charAt(0);
            try {
                return withParts(type, components, types, kinds);
            } catch (IllegalAccessException | NoSuchMethodException | NoSuchFieldException notOpen) {
                throw new IllegalArgumentException(
                        "the components of the record cannot be read: class=" + type.getName() + ", module="
                                + type.getModule().getName() + "; open its package to "
                                + RecordSerializer.class.getModule(),
                        notOpen);
            }
        }

        private static Shape withParts(Class<?> type, RecordComponent[] components, Class<?>[] types, char[] kinds)
                throws IllegalAccessException, NoSuchMethodException, NoSuchFieldException {
            MethodHandles.Lookup lookup = lookupIn(type);
            boolean all = (lookup.lookupModes() & MethodHandles.Lookup.PRIVATE) != 0;
            MethodHandle[] parts = new MethodHandle[types.length];
            for (int i = 0; i < types.length; i++) {
                MethodHandle part = all
                        ? lookup.findGetter(type, components[i].getName(), types[i])
                        : lookup.unreflect(components[i].getAccessor());
                Class<?> got = types[i].isPrimitive() ? types[i] : Object.class;
                parts[i] = part.asType(MethodType.methodType(got, Object.class));
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new Shape(types, kinds, parts, constructor);
        }

        private static MethodHandles.Lookup lookupIn(Class<?> type) {
            // Not a right but a promise to look: what is open is the other module's to say.
            RecordSerializer.class.getModule().addReads(type.getModule());
            try {
                return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            } catch (IllegalAccessException notOpenToUs) {
                return MethodHandles.publicLookup();
            }
        }
    }
}
