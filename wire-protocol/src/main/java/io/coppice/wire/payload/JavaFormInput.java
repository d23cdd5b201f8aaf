package io.coppice.wire.payload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link JavaFormOutput} has written, when the parts are there. */
final class JavaFormInput extends ObjectInputStream {
    /**
     * All arrays inside may be together this many times longer than the bytes: a map's table is larger than the map. (Each
     * by itself so long, and one in the other, they would take the square of it.)
     */
    private static final int LENGTH_PER_BYTE = 8;

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");

    private final ClassNames names;
    private final List<@Nullable Object> parts;
    private long arrayLengthLeft;

    JavaFormInput(byte[] bytes, ClassNames names, List<@Nullable Object> parts) throws IOException {
        this(new ByteArrayInputStream(bytes), names, parts);
        // What is made again may be as large as its parts say.
        arrayLengthLeft = (bytes.length + (long) parts.size()) * LENGTH_PER_BYTE;
        ObjectInputFilter lengths = seen -> {
            if (seen.arrayLength() > 0) arrayLengthLeft -= seen.arrayLength();
            return arrayLengthLeft < 0 ? ObjectInputFilter.Status.REJECTED : ObjectInputFilter.Status.UNDECIDED;
        };
        // A stream's own filter would replace the one the user set for the whole JVM.
        ObjectInputFilter all = ObjectInputFilter.merge(lengths, ObjectInputFilter.Config.getSerialFilter());
        setObjectInputFilter(
                seen -> seen.serialClass() == Part.class ? ObjectInputFilter.Status.ALLOWED : all.checkInput(seen));
    }

    private JavaFormInput(InputStream in, ClassNames names, List<@Nullable Object> parts) throws IOException {
        super(in);
        this.names = names;
        this.parts = parts;
        enableResolveObject(true);
    }

    void readMembers(References references, int first, int count) throws IOException, ClassNotFoundException {
        for (int i = 0; i < count; i++) references.setReadObject(first + i, readObject());
    }

    @Override
    protected @Nullable Object resolveObject(@Nullable Object value) throws IOException {
        if (!(value instanceof Part part)) return value;
        if (part.number() < 0 || part.number() >= parts.size())
            throw new InvalidObjectException("no such part: number=" + part.number() + ", parts=" + parts.size());
        return parts.get(part.number());
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        String name = description.getName();
        int loader = readInt(); // by annotateClass
        if (name.equals(Part.class.getName())) return Part.class;
        return name.indexOf('.') < 0 && PRIMITIVES.contains(name)
                ? super.resolveClass(description)
                : names.find(loader, name);
    }

    /** The class of a dynamic proxy that Java serialization itself has written. */
    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
        for (String each : interfaces) names.check(each);
        return super.resolveProxyClass(interfaces);
    }
}
