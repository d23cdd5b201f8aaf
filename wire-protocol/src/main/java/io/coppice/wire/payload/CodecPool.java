package io.coppice.wire.payload;

import io.coppice.wire.Payload;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Codecs for many threads: take one, give it back empty. A codec is never shared, so user code that runs inside one (a
 * serializer that submits a call) simply gets another. Thread-safe.
 */
public final class CodecPool {
    private final ClassSpace space;
    private final List<Form> forms;
    /** The codec that was given back last: for one thread at a time it is always there, and cheap to take. */
    private final AtomicReference<@Nullable PayloadCodec> last = new AtomicReference<>();

    private final ConcurrentLinkedDeque<PayloadCodec> free = new ConcurrentLinkedDeque<>();

    public CodecPool(ClassSpace space) {
        this(space, List.of());
    }

    /** @param forms see {@link PayloadCodec#PayloadCodec(ClassSpace, List)} */
    public CodecPool(ClassSpace space, List<Form> forms) {
        this.space = space;
        this.forms = List.copyOf(forms);
    }

    public PayloadCodec take() {
        PayloadCodec codec = last.getAndSet(null);
        if (codec == null) codec = free.pollFirst();
        return codec != null ? codec : new PayloadCodec(space, forms);
    }

    public void giveBack(PayloadCodec codec) {
        codec.clear();
        codec.rest();
        if (!last.compareAndSet(null, codec)) free.addFirst(codec);
    }

    /** As {@link PayloadCodec#readValue(Payload)}. */
    public @Nullable Object read(Payload payload) throws PayloadException {
        Object tail = SimpleArrays.tailAlone(payload);
        if (tail != null) return tail;
        return read(payload.bytes(), payload.offset(), payload.length());
    }

    /** The value in these bytes; a simple one without a codec. */
    public @Nullable Object read(byte[] bytes, int offset, int length) throws PayloadException {
        if (SimpleValues.isSimple(bytes, offset, length)) return SimpleValues.read(bytes, offset, length);
        PayloadCodec codec = take();
        try {
            return codec.readValue(bytes, offset, length);
        } finally {
            giveBack(codec);
        }
    }
}
