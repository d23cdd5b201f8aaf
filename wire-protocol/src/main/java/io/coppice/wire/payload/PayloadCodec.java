package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Util;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes values one behind the other into a buffer of its own, as bare values or as the {@link Items} of a frame, and
 * reads them back. A write that fails leaves the buffer as it was before it.
 *
 * <p>Used by one thread at a time, and not re-entrant: user code that runs while a value is written or read (a
 * serializer, a {@code readResolve}) must find another codec if it makes a call of its own. {@link CodecPool} sees to
 * both.
 */
public final class PayloadCodec {
    /** In front of a Kryo graph holding one value. */
    private static final byte GRAPH = 32;
    /** In front of a Kryo graph holding all arguments of a call, so that what they share stays shared. */
    private static final byte ARGUMENTS_GRAPH = 33;
    /** In front of one value, or all arguments, in one graph with the variables of an interactive session. */
    private static final byte SESSION_GRAPH = 34;

    private static final byte ARGUMENTS_SESSION_GRAPH = 35;

    private static final int FIRST_BUFFER_BYTES = 512;
    /** A buffer that one large value has grown past this is dropped after use. */
    private static final int KEPT_BUFFER_BYTES = 1 << 20;

    static {
        avoidUnsafe();
    }

    private final ClassSpace space;
    private final List<Form> forms;
    private final Output out = new Output(FIRST_BUFFER_BYTES, FrameDecoder.MAX_ITEMS_BYTES);
    private final CheckedInput in = new CheckedInput();
    private @Nullable KryoSetup kryo; // made when a value needs it: it takes milliseconds
    private @Nullable WeakReference<KryoSetup> resting;
    private Set<ClassLoader> met = Set.of();

    /** @param space where the classes of values are named and found */
    public PayloadCodec(ClassSpace space) {
        this(space, List.of());
    }

    /** @param forms the user's, in the same order as on the other side */
    public PayloadCodec(ClassSpace space, List<Form> forms) {
        this.space = space;
        this.forms = List.copyOf(forms);
    }

    /** Kryo reads this once; its Unsafe path prints warnings on JDK 25 and gains nothing measurable on 17. */
    private static void avoidUnsafe() {
        String property = "kryo.unsafe";
        String before = System.getProperty(property);
        System.setProperty(property, "false");
        boolean unsafe = Util.unsafe;
        if (before == null) System.clearProperty(property);
        else System.setProperty(property, before);
        assert !unsafe;
    }

    /** Any class of Kryo's, for whoever must find its jar. */
    public static Class<?> kryoClass() {
        return Kryo.class;
    }

    // ---- writing ----

    /** Bytes written since the last {@link #take}. */
    public int size() {
        return out.position();
    }

    public void writeValue(@Nullable Object value) throws PayloadException {
        int start = out.position();
        try {
            value(value);
        } catch (Throwable failure) {
            throw undo(start, failure, null);
        }
    }

    /** Adds an item that holds a call's arguments. */
    public void addArguments(@Nullable Object... arguments) throws PayloadException {
        int start = out.position();
        try {
            reserve(Items.lengthBytes());
            arguments(arguments);
            closeItem(start);
        } catch (Throwable failure) {
            throw undo(start, failure, arguments);
        }
    }

    /** Adds an item that holds how a call ended. */
    public void addOutcome(OutcomeKind kind, @Nullable Object value) throws PayloadException {
        int start = out.position();
        try {
            reserve(Items.lengthBytes());
            out.writeByte(kind.code());
            value(value);
            closeItem(start);
        } catch (Throwable failure) {
            throw undo(start, failure, null);
        }
    }

    /** Everything written since the last take; the codec is empty afterwards. */
    public Payload take() {
        Payload taken = Payload.of(out.toBytes());
        clearBytes();
        return taken;
    }

    /** The class loaders, but for the class path's, whose classes were written since this was last asked. */
    public Set<ClassLoader> takeMet() {
        Set<ClassLoader> taken = met;
        met = Set.of();
        return taken;
    }

    private void noteLoaders(Set<Class<?>> classes) {
        if (met.isEmpty()) met = new HashSet<>();
        for (Class<?> each : classes) if (each.getClassLoader() != null) met.add(each.getClassLoader());
    }

    /** Forgets what was written. */
    public void clear() {
        met = Set.of();
        clearBytes();
    }

    private void clearBytes() {
        if (out.getBuffer().length > KEPT_BUFFER_BYTES)
            out.setBuffer(new byte[FIRST_BUFFER_BYTES], FrameDecoder.MAX_ITEMS_BYTES);
        else out.reset();
    }

    private void value(@Nullable Object value) {
        if (!SimpleValues.write(out, value))
            graph(GRAPH, SESSION_GRAPH, Objects.requireNonNull(value)); // null is simple
    }

    private void arguments(@Nullable Object[] arguments) {
        int start = out.position();
        for (Object argument : arguments) {
            if (SimpleValues.write(out, argument)) continue;
            if (arguments.length == 1) {
                graph(GRAPH, SESSION_GRAPH, Objects.requireNonNull(argument));
            } else {
                out.setPosition(start);
                graph(ARGUMENTS_GRAPH, ARGUMENTS_SESSION_GRAPH, arguments);
                return;
            }
        }
    }

    private void graph(byte tag, byte tagInSession, Object value) {
        KryoSetup kryo = kryo();
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

    private void reserve(int bytes) {
        for (int i = 0; i < bytes; i++) out.writeByte(0);
    }

    private void closeItem(int start) {
        Items.putLength(out.getBuffer(), start, out.position() - start - Items.lengthBytes());
    }

    private PayloadException undo(int start, Throwable failure, @Nullable Object @Nullable [] arguments) {
        out.setPosition(start);
        List<Object> trail = kryo == null ? List.of() : kryo.trail().outermostFirst(failure);
        kryo = null; // it may stand in the middle of a graph
        if (failure instanceof KryoBufferOverflowException)
            return new PayloadException(
                    "is larger than the limit: limitBytes=" + FrameDecoder.MAX_ITEMS_BYTES, failure);
        return Unwritable.because(failure, Unwritable.reason(failure), arguments, trail);
    }

    // ---- reading ----

    public @Nullable Object readValue(Payload payload) throws PayloadException {
        try {
            in.setBuffer(payload.bytes(), payload.offset(), payload.length());
            Object value = value();
            checkEnd();
            return value;
        } catch (Throwable failure) {
            throw unreadable(failure);
        } finally {
            in.clear();
        }
    }

    /** Fills {@code into} with the arguments of one call; its length says how many there are. */
    public void readArguments(Payload payload, @Nullable Object[] into) throws PayloadException {
        try {
            in.setBuffer(payload.bytes(), payload.offset(), payload.length());
            byte tag = payload.length() == 0 ? 0 : payload.bytes()[payload.offset()];
            if (tag == ARGUMENTS_GRAPH || tag == ARGUMENTS_SESSION_GRAPH) {
                in.readByte();
                Object all =
                        tag == ARGUMENTS_GRAPH ? kryo().readObject(in, Object[].class) : SessionGraph.read(kryo(), in);
                if (!(all instanceof @Nullable Object[] arguments) || arguments.length != into.length)
                    throw new IllegalArgumentException(
                            "not as many arguments as the function takes: takes=" + into.length);
                System.arraycopy(arguments, 0, into, 0, into.length);
            } else {
                for (int i = 0; i < into.length; i++) into[i] = value();
            }
            checkEnd();
        } catch (Throwable failure) {
            throw unreadable(failure);
        } finally {
            in.clear();
        }
    }

    private @Nullable Object value() {
        byte tag = in.readByte();
        if (tag == SESSION_GRAPH) return SessionGraph.read(kryo(), in);
        return tag == GRAPH ? kryo().readClassAndObject(in) : SimpleValues.read(tag, in);
    }

    private void checkEnd() {
        int left = in.limit() - in.position();
        if (left != 0) throw new IllegalArgumentException("bytes behind the value: bytesLeft=" + left);
    }

    /**
     * Whether values of variables of an interactive session are in it: to read it sets them, so it must be read anew for
     * each use.
     */
    public static boolean hasVariables(Payload payload) {
        if (payload.length() == 0) return false;
        byte tag = payload.bytes()[payload.offset()];
        return tag == SESSION_GRAPH || tag == ARGUMENTS_SESSION_GRAPH;
    }

    private PayloadException unreadable(Throwable failure) {
        kryo = null;
        return new PayloadException(Unwritable.reason(failure), failure);
    }

    private KryoSetup kryo() {
        KryoSetup kryo = this.kryo;
        if (kryo != null) return kryo;
        if (resting != null) kryo = resting.get();
        resting = null;
        if (kryo == null) kryo = new KryoSetup(space, forms);
        this.kryo = kryo;
        return kryo;
    }

    /** While it is not used it keeps no class alive, but those of the class path. */
    void rest() {
        if (kryo == null || !kryo.names().hasMetOthers()) return;
        resting = new WeakReference<>(kryo);
        kryo = null;
    }

    /** Lets go of all classes it has met. */
    public void forgetClasses() {
        met = Set.of();
        kryo = null;
        resting = null;
    }
}
