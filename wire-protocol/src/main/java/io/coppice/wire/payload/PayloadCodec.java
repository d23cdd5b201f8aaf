package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Util;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.util.List;
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

    private static final int FIRST_BUFFER_BYTES = 512;
    /** A buffer that one large value has grown past this is dropped after use. */
    private static final int KEPT_BUFFER_BYTES = 1 << 20;

    /** Causes may form a cycle. */
    private static final int MAX_CAUSES = 10_000;

    static {
        avoidUnsafe();
    }

    private final ClassSpace space;
    private final Output out = new Output(FIRST_BUFFER_BYTES, FrameDecoder.MAX_ITEMS_BYTES);
    private final CheckedInput in = new CheckedInput();
    private @Nullable KryoSetup kryo; // made when a value needs it: it takes milliseconds

    /** @param space where the classes of values are named and found */
    public PayloadCodec(ClassSpace space) {
        this.space = space;
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
        clear();
        return taken;
    }

    /** Forgets what was written. */
    public void clear() {
        if (out.getBuffer().length > KEPT_BUFFER_BYTES)
            out.setBuffer(new byte[FIRST_BUFFER_BYTES], FrameDecoder.MAX_ITEMS_BYTES);
        else out.reset();
    }

    private void value(@Nullable Object value) {
        if (SimpleValues.write(out, value)) return;
        out.writeByte(GRAPH);
        kryo().writeClassAndObject(out, value);
    }

    private void arguments(@Nullable Object[] arguments) {
        int start = out.position();
        for (Object argument : arguments) {
            if (SimpleValues.write(out, argument)) continue;
            if (arguments.length == 1) {
                out.writeByte(GRAPH);
                kryo().writeClassAndObject(out, argument);
            } else {
                out.setPosition(start);
                out.writeByte(ARGUMENTS_GRAPH);
                kryo().writeObject(out, arguments);
                return;
            }
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
        return Unwritable.because(failure, reason(failure), arguments, trail);
    }

    // ---- reading ----

    public @Nullable Object readValue(Payload payload) throws PayloadException {
        try {
            in.setBuffer(payload.bytes(), payload.offset(), payload.length());
            return value();
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
            if (payload.length() > 0 && payload.bytes()[payload.offset()] == ARGUMENTS_GRAPH) {
                in.readByte();
                @Nullable Object[] arguments = kryo().readObject(in, Object[].class);
                System.arraycopy(arguments, 0, into, 0, into.length);
            } else {
                for (int i = 0; i < into.length; i++) into[i] = value();
            }
        } catch (Throwable failure) {
            throw unreadable(failure);
        } finally {
            in.clear();
        }
    }

    private @Nullable Object value() {
        byte tag = in.readByte();
        return tag == GRAPH ? kryo().readClassAndObject(in) : SimpleValues.read(tag, in);
    }

    private PayloadException unreadable(Throwable failure) {
        kryo = null;
        return new PayloadException(reason(failure), failure);
    }

    private KryoSetup kryo() {
        KryoSetup kryo = this.kryo;
        if (kryo == null) this.kryo = kryo = new KryoSetup(space);
        return kryo;
    }

    /** The innermost sentence that says something: Kryo wraps a failure once per level of the graph. */
    private static String reason(Throwable failure) {
        try {
            Throwable innermost = failure;
            for (int level = 0; level < MAX_CAUSES && innermost.getCause() != null; level++)
                innermost = innermost.getCause();
            if (innermost instanceof StackOverflowError) return "is nested too deeply for the thread's stack";
            String message = innermost.getMessage();
            return message == null
                    ? innermost.getClass().getName()
                    : innermost.getClass().getName() + ": " + message;
        } catch (Throwable usersExceptionFails) {
            return failure.getClass().getName();
        }
    }
}
