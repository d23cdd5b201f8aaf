package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a {@link PayloadCodec} for values that are no {@link SimpleValues}: graphs, by Kryo. */
final class GraphCodec {
    /** In front of a Kryo graph holding one value. */
    private static final byte GRAPH = 32;
    /** In front of a Kryo graph holding all arguments of a call, so that what they share stays shared. */
    private static final byte ARGUMENTS_GRAPH = 33;
    /** In front of one value, or all arguments, in one graph with the variables of an interactive session. */
    private static final byte SESSION_GRAPH = 34;

    private static final byte ARGUMENTS_SESSION_GRAPH = 35;

    private final ClassSpace space;
    private final List<Form> forms;
    private @Nullable KryoSetup kryo; // made when a value needs it: it takes milliseconds
    private @Nullable WeakReference<KryoSetup> resting;
    private Set<ClassLoader> met = Set.of();

    GraphCodec(ClassSpace space, List<Form> forms) {
        this.space = space;
        this.forms = forms;
    }

    // ---- writing ----

    void write(PayloadBuffer to, Object value) {
        write(to, GRAPH, SESSION_GRAPH, value);
    }

    void writeArguments(PayloadBuffer to, @Nullable Object[] arguments) {
        write(to, ARGUMENTS_GRAPH, ARGUMENTS_SESSION_GRAPH, arguments);
    }

    private void write(PayloadBuffer to, byte tag, byte tagInSession, Object value) {
        KryoSetup kryo = kryo();
        Output out = kryo.out();
        to.joinTail();
        out.setBuffer(to.bytes, PayloadBuffer.MAX_BYTES);
        out.setPosition(to.size);
        try {
            write(kryo, out, tag, tagInSession, value);
            to.replace(out.getBuffer(), out.position()); // it may have grown
        } finally {
            kryo.letGoOfBytes();
        }
    }

    private void write(KryoSetup kryo, Output out, byte tag, byte tagInSession, Object value) {
        int start = out.position();
        out.writeByte(tag);
        kryo.names().forgetMet();
        if (tag == ARGUMENTS_GRAPH) kryo.writeObject(out, value);
        else kryo.writeClassAndObject(out, value);
        if (kryo.names().met().isEmpty()) return;
        noteLoaders(kryo.names().met());
        List<Field> variables = SessionGraph.variables(space, kryo.names());
        while (!variables.isEmpty()) {
            out.setPosition(start);
            out.writeByte(tagInSession);
            List<Field> more = SessionGraph.write(kryo, out, space, value, variables);
            noteLoaders(kryo.names().met());
            if (more.size() == variables.size()) return;
            variables = more;
        }
    }

    private void noteLoaders(Set<Class<?>> classes) {
        if (met.isEmpty()) met = new HashSet<>();
        for (Class<?> each : classes) if (each.getClassLoader() != null) met.add(each.getClassLoader());
    }

    /** The class loaders, but for the class path's, whose classes were written since this was last asked. */
    Set<ClassLoader> takeMet() {
        Set<ClassLoader> taken = met;
        met = Set.of();
        return taken;
    }

    void forgetMet() {
        met = Set.of();
    }

    // ---- reading ----

    @Nullable
    Object read(byte[] bytes, int offset, int length) {
        if (length == 0) throw new IllegalArgumentException("a value without a tag: bytesLeft=0");
        byte tag = bytes[offset];
        if (tag != GRAPH && tag != SESSION_GRAPH) throw SimpleValues.unknown(tag);
        return read(tag, bytes, offset, length);
    }

    static boolean isOfArguments(byte[] bytes, int offset, int length) {
        return length > 0 && (bytes[offset] == ARGUMENTS_GRAPH || bytes[offset] == ARGUMENTS_SESSION_GRAPH);
    }

    void readArguments(byte[] bytes, int offset, int length, @Nullable Object[] into) {
        Object all = read(bytes[offset], bytes, offset, length);
        if (!(all instanceof @Nullable Object[] arguments) || arguments.length != into.length)
            throw new IllegalArgumentException("not as many arguments as the function takes: takes=" + into.length);
        System.arraycopy(arguments, 0, into, 0, into.length);
    }

    private @Nullable Object read(byte tag, byte[] bytes, int offset, int length) {
        KryoSetup kryo = kryo();
        CheckedInput in = kryo.in();
        in.setBuffer(bytes, offset + 1, length - 1);
        try {
            Object value = switch (tag) {
                case GRAPH -> kryo.readClassAndObject(in);
                case ARGUMENTS_GRAPH -> kryo.readObject(in, Object[].class);
                default -> SessionGraph.read(kryo, in);
            };
            int left = in.limit() - in.position();
            if (left != 0) throw new IllegalArgumentException("bytes behind the value: bytesLeft=" + left);
            kryo.letGoOfBytes();
            return value;
        } catch (Throwable failure) {
            startAnew();
            throw failure;
        }
    }

    /** See {@link PayloadCodec#hasVariables}. */
    static boolean hasVariables(byte tag) {
        return tag == SESSION_GRAPH || tag == ARGUMENTS_SESSION_GRAPH;
    }

    // ---- Kryo ----

    private KryoSetup kryo() {
        KryoSetup kryo = this.kryo;
        if (kryo != null) return kryo;
        if (resting != null) kryo = resting.get();
        resting = null;
        if (kryo == null) kryo = new KryoSetup(space, forms);
        this.kryo = kryo;
        return kryo;
    }

    /** After a failure: Kryo may stand in the middle of a graph. */
    void startAnew() {
        kryo = null;
    }

    /** From the value that was to be written down to the one that could not be; empty if that is not known. */
    List<Object> trail(Throwable failure) {
        return kryo == null ? List.of() : kryo.trail().outermostFirst(failure);
    }

    /** See {@link PayloadCodec#rest}. */
    void rest() {
        if (kryo == null || !kryo.names().hasMetOthers()) return;
        resting = new WeakReference<>(kryo);
        kryo = null;
    }

    /** See {@link PayloadCodec#forgetClasses}. */
    void forgetClasses() {
        met = Set.of();
        kryo = null;
        resting = null;
    }
}
