package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import io.coppice.wire.Items;
import io.coppice.wire.OutcomeKind;
import io.coppice.wire.Payload;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes values one behind the other into a buffer of its own, as bare values or as the {@link Items} of a frame, and
 * reads them back. A write that fails leaves the buffer as it was before it.
 *
 * <p>Used by one thread at a time, and not re-entrant: user code that runs while a value is written or read (a
 * serializer, a {@code readResolve}) must find another codec if it makes a call of its own. {@link CodecPool} sees to
 * both. What needs no codec to be read is in {@link SimpleValues}.
 */
public final class PayloadCodec {
    private final PayloadBuffer buffer = new PayloadBuffer();
    private final GraphCodec graphs;
    private final FunctionForm functions;

    /** @param space where the classes of values are named and found */
    public PayloadCodec(ClassSpace space) {
        this(space, List.of());
    }

    /** @param forms the user's, in the same order as on the other side */
    public PayloadCodec(ClassSpace space, List<Form> forms) {
        graphs = new GraphCodec(space, List.copyOf(forms));
        functions = new FunctionForm(space, !forms.isEmpty());
    }

    /** Any class of Kryo's, for whoever must find its jar. */
    public static Class<?> kryoClass() {
        return Kryo.class;
    }

    // ---- writing ----

    /** Bytes written since the last {@link #take}. */
    public int size() {
        return buffer.length();
    }

    /**
     * The array whose first {@link #size} bytes are what was written since the last {@link #take}. To be looked at
     * before the codec is used again.
     */
    public byte[] bytes() {
        buffer.joinTail();
        return buffer.bytes;
    }

    public void writeValue(@Nullable Object value) throws PayloadException {
        int start = start();
        try {
            value(value, true);
        } catch (Throwable failure) {
            throw undo(start, failure, null);
        }
    }

    /** Adds an item that holds the argument of a call with one. */
    public void addArgument(@Nullable Object argument) throws PayloadException {
        int start = start();
        try {
            if (Numbers.writeItem(buffer, null, argument)) return;
            buffer.claim(Items.lengthBytes());
            value(argument, true);
            closeItem(start);
        } catch (Throwable failure) {
            throw undo(start, failure, new @Nullable Object[] {argument});
        }
    }

    /** Adds an item that holds a call's arguments. */
    public void addArguments(@Nullable Object... arguments) throws PayloadException {
        addArguments(arguments, true);
    }

    /**
     * Adds an item that holds a call's arguments, of which a large array at the end is not copied: {@link #lend} it
     * before any code that could change it.
     */
    public void lendArguments(@Nullable Object... arguments) throws PayloadException {
        addArguments(arguments, false);
    }

    private void addArguments(@Nullable Object[] arguments, boolean mayChange) throws PayloadException {
        int start = start();
        try {
            buffer.claim(Items.lengthBytes());
            if (arguments.length == 1) value(arguments[0], mayChange);
            else arguments(arguments, mayChange);
            closeItem(start);
        } catch (Throwable failure) {
            throw undo(start, failure, arguments);
        }
    }

    /**
     * Adds an item that holds how a call ended. A large array of primitives is not copied before it is sent:
     * {@link #take} and send what has become so long ({@link Payload#TAIL_BYTES}) before any code that could change it.
     */
    public void addOutcome(OutcomeKind kind, @Nullable Object value) throws PayloadException {
        int start = start();
        try {
            buffer.claim(Items.lengthBytes());
            buffer.put(kind.code());
            value(value, false);
            closeItem(start);
        } catch (Throwable failure) {
            throw undo(start, failure, null);
        }
    }

    /** Everything written since the last take; the codec is empty afterwards. */
    public Payload take() {
        return buffer.take();
    }

    /**
     * As {@link #take} after {@link #lendArguments}: this thread lends the array at the end, if there is a large one, and
     * must {@linkplain io.coppice.wire.LentArray#awaitReturn wait} for it.
     */
    public Payload lend() {
        return buffer.lend();
    }

    /** The class loaders, but for the class path's, whose classes were written since this was last asked. */
    public Set<ClassLoader> takeMet() {
        return graphs.takeMet();
    }

    /** Forgets what was written. */
    public void clear() {
        graphs.forgetMet();
        buffer.clear();
    }

    private int start() {
        buffer.joinTail();
        return buffer.size;
    }

    private void value(@Nullable Object value, boolean mayChange) {
        if (SimpleValues.write(buffer, value, mayChange) || value == null) return;
        if (value instanceof Invocable function && functions.write(buffer, function)) return;
        graphs.write(buffer, value);
    }

    private void arguments(@Nullable Object[] arguments, boolean mayChange) {
        int start = start();
        for (Object argument : arguments) {
            if (SimpleValues.write(buffer, argument, mayChange)) continue;
            buffer.backTo(start);
            graphs.writeArguments(buffer, arguments);
            return;
        }
    }

    private void closeItem(int start) {
        Items.putLength(buffer.bytes, start, buffer.length() - start - Items.lengthBytes());
    }

    private PayloadException undo(int start, Throwable failure, @Nullable Object @Nullable [] arguments) {
        buffer.backTo(start);
        List<Object> trail = graphs.trail(failure);
        graphs.startAnew();
        if (failure instanceof PayloadBuffer.TooLarge || failure instanceof KryoBufferOverflowException)
            return new PayloadException("is larger than the limit: limitBytes=" + PayloadBuffer.MAX_BYTES, failure);
        return Unwritable.because(failure, Unwritable.reason(failure), arguments, trail);
    }

    // ---- reading ----

    /** Of a payload with a tail that is all of the value, this tail itself. */
    public @Nullable Object readValue(Payload payload) throws PayloadException {
        Object tail = SimpleArrays.tailAlone(payload);
        if (tail != null) return tail;
        return readValue(payload.bytes(), payload.offset(), payload.length());
    }

    public @Nullable Object readValue(byte[] bytes, int offset, int length) throws PayloadException {
        try {
            return value(bytes, offset, length);
        } catch (Throwable failure) {
            throw unreadable(failure);
        }
    }

    /**
     * The argument of a call that has one. Of a payload with a tail that is all of it, this tail itself.
     */
    public @Nullable Object readArgument(Payload payload) throws PayloadException {
        Object tail = SimpleArrays.tailAlone(payload);
        return tail != null ? tail : readArgument(payload.bytes(), payload.offset(), payload.length());
    }

    /** As {@link #readArgument(Payload)}. */
    public @Nullable Object readArgument(byte[] bytes, int offset, int length) throws PayloadException {
        if (!GraphCodec.isOfArguments(bytes, offset, length)) return readValue(bytes, offset, length);
        @Nullable Object[] only = new Object[1];
        readArguments(bytes, offset, length, only);
        return only[0];
    }

    /**
     * Fills {@code into} with the arguments of one call; its length says how many there are. Of a payload with a tail
     * that is all of the one argument, this tail itself.
     */
    public void readArguments(Payload payload, @Nullable Object[] into) throws PayloadException {
        Object tail = into.length == 1 ? SimpleArrays.tailAlone(payload) : null;
        if (tail != null) {
            into[0] = tail;
            return;
        }
        readArguments(payload.bytes(), payload.offset(), payload.length(), into);
    }

    /** As {@link #readArguments(Payload, Object[])}. */
    public void readArguments(byte[] bytes, int offset, int length, @Nullable Object[] into) throws PayloadException {
        try {
            if (GraphCodec.isOfArguments(bytes, offset, length)) graphs.readArguments(bytes, offset, length, into);
            else if (into.length == 1) into[0] = value(bytes, offset, length);
            else SimpleValues.row(bytes, offset, offset + length, into);
        } catch (Throwable failure) {
            throw unreadable(failure);
        }
    }

    private @Nullable Object value(byte[] bytes, int offset, int length) {
        if (SimpleValues.isSimple(bytes, offset, length)) return SimpleValues.value(bytes, offset, length);
        if (FunctionForm.is(bytes, offset, length)) return functions.read(bytes, offset, length);
        return graphs.read(bytes, offset, length);
    }

    /**
     * Whether values of variables of an interactive session are in it: to read it sets them, so it must be read anew
     * for each use.
     */
    public static boolean hasVariables(Payload payload) {
        return payload.length() > 0 && GraphCodec.hasVariables(payload.bytes()[payload.offset()]);
    }

    private static PayloadException unreadable(Throwable failure) {
        return new PayloadException(Unwritable.reason(failure), failure);
    }

    /** While it is not used it keeps no class alive, but those of the class path. */
    void rest() {
        graphs.rest();
    }

    /** Lets go of all classes it has met. */
    public void forgetClasses() {
        graphs.forgetClasses();
    }
}
